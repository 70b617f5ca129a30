import type { IncomingMessage, ServerResponse } from 'node:http'
import { askServer, type ServerAnswer } from '#electron/platform/ask-server'
import { AppError } from '#shared/errors'
import type { LabDescription } from './announcement'

/** Where requests are posted to be signed. */
export const issuePath = '/latchkey/issue'
/** A web page cannot send this content type to another origin without CORS, which the site does not grant. */
const issueContentType = 'application/pkcs10'
/** The limit for the request and for the certificate in the response. */
const MAX_ISSUE_BYTES = 64 * 1024

/** Signs a posted request (PKCS#10, DER). */
export async function answerIssue(
  request: IncomingMessage,
  response: ServerResponse,
  issue: (requestDer: Uint8Array) => Promise<Uint8Array>,
): Promise<void> {
  if (request.method !== 'POST' || request.headers['content-type'] !== issueContentType) {
    response.writeHead(405).end()
    return
  }
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk)
    size += bytes.length
    if (size > MAX_ISSUE_BYTES) {
      response.writeHead(413).end()
      return
    }
    chunks.push(bytes)
  }
  try {
    response
      .writeHead(200, { 'content-type': 'application/pkix-cert' })
      .end(Buffer.from(await issue(Buffer.concat(chunks))))
  } catch {
    response.writeHead(422).end()
  }
}

const timeoutMs = 10_000

/**
 * Asks a practice site in another process to sign a request. Returns the leaf as DER. Errors: `lab-not-running`, also if the
 * server's certificate was not issued by the announced root; `malformed` if the request is refused.
 */
export async function issueRemotely(lab: LabDescription, requestDer: Uint8Array): Promise<Uint8Array> {
  const { status, bytes } = await ask(lab, requestDer)
  if (status !== 200) throw new AppError('malformed', 'The practice CA refused this request.')
  return bytes
}

async function ask(
  { hostname, issuePort, serverRootPem }: LabDescription,
  requestDer: Uint8Array,
): Promise<ServerAnswer> {
  try {
    return await askServer({
      url: new URL(`https://${hostname}:${issuePort}${issuePath}`),
      body: { type: issueContentType, bytes: requestDer },
      maxBytes: MAX_ISSUE_BYTES,
      timeoutMs,
      ca: serverRootPem,
      connectTo: { address: '127.0.0.1', port: issuePort },
    })
  } catch {
    throw new AppError('lab-not-running')
  }
}
