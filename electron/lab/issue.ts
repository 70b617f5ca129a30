import type { IncomingMessage, ServerResponse } from 'node:http'
import { issueContentType, MAX_ISSUE_BYTES } from './description'

/** Signs a posted request. The content type is one that no web page can send across origins without being allowed to. */
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
