import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openFile } from '#electron/pki/containers/open'
import type { OpenedFile } from '#electron/pki/containers/opened'
import { inspectFile } from '#electron/pki/describe/inspect'
import { isAppError } from '#shared/errors'
import { derOf } from '../../../../../support/certificates'
import { type Walkthrough, walkThrough } from '../../../../../support/openssl'
import { attachment, broken, mail, multipart, quotedPrintable } from '../../../../../support/text-wrappings'

let walkthrough: Walkthrough
let p12: Buffer
let oddP12: Buffer
beforeAll(async () => {
  walkthrough = await walkThrough()
  const files = ['-inkey', 'client.key', '-in', 'client.pem', '-certfile', 'ca-chain.pem']
  await walkthrough.openssl('pkcs12', '-export', ...files, '-passout', 'pass:secret', '-out', 'client.p12')
  await walkthrough.openssl('pkcs12', '-export', ...files, '-passout', 'pass:<s&3>', '-out', 'odd.p12')
  p12 = await walkthrough.read('client.p12')
  oddP12 = await walkthrough.read('odd.p12')
})
afterAll(() => walkthrough.remove())

const open = (text: string | Uint8Array, password: string | null = null) =>
  openFile({ name: 'file', bytes: Buffer.from(text), password })
const base64 = (text: string | Uint8Array) => Buffer.from(text).toString('base64')
const bodyOf = (pem: string) => pem.replaceAll(/-----.*-----\n/gu, '')

function expectClient(file: OpenedFile): void {
  expect(file.failures).toEqual([])
  expect(file.certificates.map(({ der }) => base64(der))).toEqual([base64(derOf(walkthrough.clientPem))])
}

async function failureOf(text: string): Promise<{ code: string; detail: string | null }> {
  try {
    const { failures } = await open(text)
    return failures[0] ?? { code: 'none', detail: null }
  } catch (error) {
    if (isAppError(error)) return error
    throw error
  }
}

describe('JSON', () => {
  it('with line breaks escaped once, twice and three times', async () => {
    let text = walkthrough.clientPem
    for (let level = 0; level < 3; level += 1) {
      text = JSON.stringify(text).slice(1, -1)
      expectClient(await open(`{"result":{"certificate":"${text}"}}`))
      expectClient(await open(`debug: certificate="${text}" status=200`))
    }
  })

  it('with a list of the lines, and in the source of a program', async () => {
    const lines = walkthrough.clientPem.trimEnd().split('\n')
    expectClient(await open(JSON.stringify({ certificate: lines })))
    expectClient(await open(`const pem =\n${lines.map((line) => `  "${line}\\n"`).join(' +\n')};\n`))
  })

  it('with the certificates of a JSON Web Key, each bare base64', async () => {
    const x5c = [walkthrough.clientPem, walkthrough.intermediatePem].map((pem) => base64(derOf(pem)))
    const { certificates } = await open(JSON.stringify({ keys: [{ kty: 'RSA', n: 'AQAB', e: 'AQAB', x5c }] }))
    expect(certificates).toHaveLength(2)
  })
})

describe('headers and forms', () => {
  it('x-forwarded-client-cert, with and without the other headers', async () => {
    const header = `x-forwarded-client-cert: By=spiffe://x;Hash=00;Cert="${encodeURIComponent(walkthrough.clientPem)}";Subject="CN=\\"John\\""`
    expectClient(await open(header))
    expectClient(await open(`GET / HTTP/1.1\nHost: example.com\nContent-Type: text/plain\n${header}\n\nHello\n`))
  })

  it('a form, in which a plus sign is a blank', async () => {
    expectClient(await open(`csr=${encodeURIComponent(walkthrough.clientPem).replaceAll('%20', '+')}`))
  })
})

describe('encodings', () => {
  it('a byte order mark before bare base64', async () => {
    const file = await open(`\ufeff${bodyOf(walkthrough.clientPem)}`)
    expectClient(file)
    expect(file.format).toBe('DER certificate')
  })

  it('UTF-16 without a byte order mark', async () => {
    expectClient(await open(Buffer.from(walkthrough.clientPem, 'utf16le')))
    expectClient(await open(Buffer.from(walkthrough.clientPem, 'utf16le').swap16()))
  })

  it('Windows-1252, with the dashes that a word processor makes', async () => {
    const text = walkthrough.clientPem.replaceAll('-----', '\u0097-\u0096')
    expectClient(await open(Buffer.from(`Gr\u00fc\u00dfe\n${text}`, 'latin1')))
  })

  it('a text that begins with the digit 0', async () => {
    expectClient(await open(`0 s:CN=John Doe\n${walkthrough.clientPem}`))
  })
})

describe('YAML', () => {
  const expectPair = async (text: string) => {
    const { objects, pairs, failures } = await inspectFile({ name: 'a.yaml', bytes: Buffer.from(text), password: null })
    expect(failures).toEqual([])
    expect(objects.map(({ kind }) => kind)).toEqual(['certificate', 'private-key'])
    expect(pairs).toEqual([{ key: 1, certificate: 0 }])
  }

  it('a Kubernetes Secret, with its values on one line and on several', async () => {
    const { clientPem, clientKeyPem } = walkthrough
    const secret = (crt: string, key: string) =>
      `apiVersion: v1\nkind: Secret\nmetadata:\n  name: tls\ntype: kubernetes.io/tls\ndata:\n  tls.crt: ${crt}\n  tls.key: ${key}\n`
    await expectPair(secret(base64(clientPem), base64(clientKeyPem)))
    const folded = (text: string) => `|\n${broken(base64(text), 76).replaceAll(/^/gmu, '    ')}`
    await expectPair(secret(folded(clientPem), folded(clientKeyPem)))
    await expectPair(secret(`"${base64(clientPem)}"`, `'${base64(clientKeyPem)}'`))
  })

  it('a kubeconfig', async () => {
    const { clientPem, clientKeyPem } = walkthrough
    await expectPair(
      `apiVersion: v1\nusers:\n- name: john\n  user:\n    client-certificate-data: ${base64(clientPem)}\n    client-key-data: ${base64(clientKeyPem)}\n`,
    )
  })
})

describe('web pages and chats', () => {
  const spoilt: [string, (pem: string) => string][] = [
    ['U+00A0 before each line', (pem) => pem.replaceAll(/^/gmu, '\u00a0\u00a0\u00a0\u00a0')],
    ['U+2028 between lines', (pem) => pem.replaceAll('\n', '\u2028')],
    ['<br> at each line end', (pem) => pem.replaceAll('\n', '<br>\n')],
    ['<br/> and nothing else', (pem) => pem.replaceAll('\n', '<br/>')],
    ['paragraphs and references', (pem) => pem.replaceAll('-', '&#45;').replaceAll(/^(.*)$/gmu, '<p>$1</p>')],
    ['&nbsp; and escaped twice', (pem) => pem.replaceAll('\n', '&amp;nbsp;&lt;br&gt;')],
    ['zero-width spaces', (pem) => pem.replaceAll(/(.{9})/gu, '$1\u200b')],
    ['four dashes instead of five', (pem) => pem.replaceAll('-----', '----')],
    ['long dashes', (pem) => pem.replaceAll('-----', '\u2014\u2014-')],
    ['quoting in quoting', (pem) => pem.replaceAll(/^/gmu, '> > ')],
    ['comment characters', (pem) => pem.replaceAll(/^/gmu, '# ')],
    ['an XML signature', (pem) => `<ds:X509Certificate>\n${bodyOf(pem)}</ds:X509Certificate>`],
  ]
  it.each(spoilt)('%s', async (_, spoil) => {
    expectClient(await open(spoil(walkthrough.clientPem)))
  })
})

describe('an Apple configuration profile', () => {
  const profile = (data: string, more = '') => `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
\t<key>PayloadContent</key>
\t<array>
\t\t<dict>
\t\t\t<key>PayloadContent</key>
\t\t\t<data>
${data.replaceAll(/^/gmu, '\t\t\t')}
\t\t\t</data>
\t\t\t<key>PayloadDisplayName</key>
\t\t\t<string>John’s identity</string>
${more}\t\t\t<key>PayloadType</key>
\t\t\t<string>com.apple.security.pkcs12</string>
\t\t</dict>
\t</array>
\t<key>PayloadType</key>
\t<string>Configuration</string>
</dict>
</plist>
`
  const expectIdentity = (file: OpenedFile) => {
    expect(file).toMatchObject({ format: 'Apple configuration profile', failures: [] })
    expect([file.keys.length, file.certificates.length]).toEqual([1, 3])
    expect(file.keys[0]?.label).toBe('John’s identity')
  }

  it('with a PKCS#12, its password given, inside or missing', async () => {
    const data = broken(base64(p12), 52)
    expectIdentity(await open(profile(data), 'secret'))
    expectIdentity(await open(profile(data, '<key>Password</key><string>secret</string>\n')))
    const odd = '<key>Password</key><string>&lt;s&amp;3&gt;</string>\n'
    expectIdentity(await open(profile(broken(base64(oddP12), 52), odd)))
    await expect(open(profile(data))).rejects.toMatchObject({
      code: 'password-needed',
      detail: expect.stringContaining('Payload “John’s identity”'),
    })
  })

  it('signed', async () => {
    const { write, openssl, read } = walkthrough
    await write('profile.xml', profile(broken(base64(p12), 52)))
    const signer = ['-signer', 'client.pem', '-inkey', 'client.key', '-nodetach', '-binary', '-outform', 'DER']
    await openssl('cms', '-sign', '-in', 'profile.xml', ...signer, '-out', 'signed.mobileconfig')
    const file = await open(await read('signed.mobileconfig'), 'secret')
    expectIdentity(file)
    expect(file.notes).toEqual([expect.stringContaining('signature')])
  })
})

describe('boundaries of PEM', () => {
  it('the first line is missing', async () => {
    const cut = walkthrough.clientPem.replace('-----BEGIN CERTIFICATE-----\n', '')
    await expect(open(cut)).rejects.toMatchObject({
      code: 'malformed',
      detail: expect.stringContaining('The first line is missing'),
    })
    const { certificates, failures } = await open(walkthrough.rootPem + cut)
    expect(certificates).toHaveLength(1)
    expect(failures).toMatchObject([{ where: 'Block 2, “CERTIFICATE”', code: 'malformed' }])
  })

  it('an END alone is nothing', async () => {
    expectClient(await open(`Do not forget the line -----END CERTIFICATE----- \n${walkthrough.clientPem}`))
  })
})

describe('mail', () => {
  it('with a PKCS#12 attached', async () => {
    const part = attachment('john.p12', p12, 'application/x-pkcs12')
    const picture = attachment('logo.png', Buffer.from('89504e470d0a1a0a0000', 'hex'), 'image/png')
    const text = multipart([['text/plain', '', 'Here it is.'], picture, part])
    const file = await open(text.replaceAll('\n', '\r\n'), 'secret')
    expect(file).toMatchObject({ format: 'E-mail', failures: [] })
    expect([file.keys.length, file.certificates.length]).toEqual([1, 3])
    await expect(open(text)).rejects.toMatchObject({
      code: 'password-needed',
      detail: expect.stringContaining('Attachment “john.p12”'),
    })
  })

  it('with the PEM in quoted-printable, with its headers and without them', async () => {
    const body = quotedPrintable(`Hello,\n\n${walkthrough.clientPem}\nRegards\n`)
    expectClient(await open(mail('quoted-printable', body)))
    expectClient(await open(body))
  })

  it('whose text is for another program, with a PKCS#12 attached', async () => {
    const body = '-----BEGIN PGP MESSAGE-----\n\nhQEMA\n-----END PGP MESSAGE-----\n'
    const file = await open(multipart([['text/plain', '', body], attachment('john.p12', p12)]), 'secret')
    expect([file.keys.length, file.certificates.length, file.failures.length]).toEqual([1, 3, 0])
    expect(file.notes).toEqual([expect.stringContaining('“PGP MESSAGE”')])
  })

  it('forwarded in another', async () => {
    const inner = multipart([['text/plain', '', 'Hello'], attachment('a.crt', derOf(walkthrough.clientPem))])
    const part: [string, string, string] = ['message/rfc822', '', inner.replaceAll('=_next', '=_inner')]
    expectClient(await open(multipart([['text/plain', '', 'See below.'], part])))
  })

  it('forwarded again and again is read as deep as any other layers', async () => {
    // In base64, so that what is inside shows only when the mail around it is opened.
    const encoding = 'Content-Transfer-Encoding: base64\n'
    const forwarded = (times: number) =>
      Array.from({ length: times }).reduce<string>(
        (inner) => multipart([['message/rfc822', encoding, broken(Buffer.from(inner).toString('base64'), 76)]]),
        multipart([['text/plain', '', walkthrough.clientPem]]),
      )
    expectClient(await open(forwarded(6)))
    await expect(open(forwarded(9))).rejects.toMatchObject({ code: 'nothing-usable' })
  })

  it('without a certificate says what it holds', async () => {
    const picture = attachment('logo.png', Buffer.from('89504e470d0a1a0a0000', 'hex'), 'image/png')
    await expect(open(multipart([['text/plain', '', 'Hello'], picture]))).rejects.toMatchObject({
      code: 'nothing-usable',
      detail: expect.stringContaining('“logo.png”'),
    })
  })
})

describe('blocks of other programs', () => {
  const staticKey =
    '-----BEGIN OpenVPN Static key V1-----\n0123456789abcdef0123456789abcdef\n-----END OpenVPN Static key V1-----\n'

  it('an OpenVPN profile is read, its static key passed over', async () => {
    const { rootPem, clientPem, clientKeyPem } = walkthrough
    const text = `client\nremote vpn.example.com 1194\n<ca>\n${rootPem}</ca>\n<cert>\n${clientPem}</cert>\n<key>\n${clientKeyPem}</key>\nkey-direction 1\n<tls-auth>\n#\n# 2048 bit OpenVPN static key\n#\n${staticKey}</tls-auth>\n`
    const inspected = await inspectFile({ name: 'a.ovpn', bytes: Buffer.from(text), password: null })
    expect(inspected.failures).toEqual([])
    expect(inspected.objects.map(({ kind }) => kind)).toEqual(['certificate', 'certificate', 'private-key'])
    expect(inspected.notes).toEqual(['“OpenVPN Static key V1” was passed over. It is not a certificate.'])
  })

  it.each(['PGP MESSAGE', 'SSH2 PUBLIC KEY', 'OPENSSH PRIVATE KEY', 'AGE ENCRYPTED FILE', 'ANYTHING'])(
    '%s is passed over',
    async (label) => {
      const file = await open(`${walkthrough.clientPem}-----BEGIN ${label}-----\n???\n-----END ${label}-----\n`)
      expectClient(file)
      expect(file.notes).toEqual([expect.stringContaining(`“${label}”`)])
    },
  )

  it('alone are not damaged but nothing that is used here', async () => {
    await expect(open(staticKey)).rejects.toMatchObject({
      code: 'nothing-usable',
      detail: expect.stringContaining('“OpenVPN Static key V1”, which is not a certificate'),
    })
  })
})

describe('base64 that is broken', () => {
  const spoil = (pem: string) => {
    const lines = pem.split('\n')
    lines[6] = `${lines[6]?.slice(0, 11)}!${lines[6]?.slice(12)}`
    return lines.join('\n')
  }

  it('is named with its line and character', async () => {
    expect(await failureOf(spoil(walkthrough.clientPem))).toMatchObject({
      code: 'malformed',
      detail: 'The block “CERTIFICATE” is not base64: line 7, character 12 is “!”.',
    })
    const shifted = `Hello\r\n\r\n${spoil(walkthrough.clientPem).replaceAll(/^/gmu, '\u00a0\u00a0').replaceAll('\n', '\r\n')}`
    expect((await failureOf(shifted)).detail).toContain('line 9, character 14 is “!”')
  })

  it('inside of something else is counted in its own text', async () => {
    expect((await failureOf(JSON.stringify(spoil(walkthrough.clientPem)))).detail).toContain(
      'line 6 of its text, character 12 is “!”',
    )
  })

  it('with something behind its padding, or a character missing', async () => {
    const padded = walkthrough.clientPem.replace(/\n(.{30}).{2}/u, '\n$1==')
    expect((await failureOf(padded)).detail).toContain('line 2, character 33 is')
    const short = walkthrough.clientPem.replace(/.=*\n-----END/u, '\n-----END').replace(/\n.{3}(.*\n)/u, '\n$1')
    expect((await failureOf(short)).code).toBe('malformed')
  })
})
