import { request } from 'node:https'
import { AppError } from '#shared/errors'
import { issueContentType, issuePath, type LabDescription } from './description'

const answerLimit = 64 * 1024
const timeoutMs = 10_000

/** Has a practice site that runs in another process sign a request. Returns the leaf's DER. */
export function issueRemotely(lab: LabDescription, requestDer: Uint8Array): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        host: '127.0.0.1',
        port: lab.port,
        servername: lab.hostname,
        headers: {
          host: `${lab.hostname}:${lab.port}`,
          'content-type': issueContentType,
          'content-length': requestDer.byteLength,
        },
        path: issuePath,
        method: 'POST',
        ca: lab.serverRootPem,
        agent: false,
        timeout: timeoutMs,
      },
      (response) => {
        const chunks: Buffer[] = []
        let size = 0
        response.on('data', (chunk: Buffer) => {
          size += chunk.byteLength
          if (size > answerLimit) sent.destroy()
          chunks.push(chunk)
        })
        response.on('end', () => {
          if (response.statusCode === 200) resolve(Buffer.concat(chunks))
          else reject(new AppError('malformed', 'The practice CA refused this request.'))
        })
      },
    )
    sent.on('timeout', () => sent.destroy())
    sent.on('error', () => reject(new AppError('lab-not-running')))
    sent.end(requestDer)
  })
}
