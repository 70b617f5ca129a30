import type { RequestMessage } from '#shared/model/identity'
import type { KeyCode } from '#shared/model/key'

/**
 * The message that goes to whoever runs the CA. The key code, by which both sides can be sure that the request was not exchanged
 * on its way, is not in it: anyone who can replace one can replace both.
 */
export function messageFor(name: string, keyCode: KeyCode, requestPem: string): RequestMessage {
  const body = [
    'Hello,',
    '',
    `please issue a client certificate for “${name}” from the request (CSR) below.`,
    '',
    'I will send you its key code separately (ticket, chat or call). Please compare it before you sign.',
    'It is computed from the public key in this request. In Latchkey you see it when you open the request.',
    '',
    'My private key stays on my computer and is not part of this message.',
    'Please send back the certificate (client.pem) together with the intermediate certificate, if there is one.',
    '',
    requestPem.trim(),
    '',
  ].join('\n')
  return { subject: `Client certificate request: ${name}`, body, keyCode }
}
