import { askServer, type ServerAnswer } from '#electron/platform/ask-server'
import { AppError } from '#shared/errors'
import { issueContentType, issuePath, type LabDescription, MAX_ISSUE_BYTES } from './description'

const timeoutMs = 10_000

/**
 * Asks a practice site that runs in another process to sign a request. Returns the leaf's DER. Errors: `lab-not-running`,
 * also for a server that does not hold a certificate of the announced root; `malformed` for a refused request.
 */
export async function issueRemotely(lab: LabDescription, requestDer: Uint8Array): Promise<Uint8Array> {
  const { status, bytes } = await ask(lab, requestDer)
  if (status !== 200) throw new AppError('malformed', 'The practice CA refused this request.')
  return bytes
}

async function ask({ hostname, port, serverRootPem }: LabDescription, requestDer: Uint8Array): Promise<ServerAnswer> {
  try {
    return await askServer({
      url: new URL(`https://${hostname}:${port}${issuePath}`),
      body: { type: issueContentType, bytes: requestDer },
      maxBytes: MAX_ISSUE_BYTES,
      timeoutMs,
      ca: serverRootPem,
      connectTo: { address: '127.0.0.1', port },
    })
  } catch {
    throw new AppError('lab-not-running')
  }
}
