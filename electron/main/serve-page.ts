import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Protocol, ProtocolRequest, ProtocolResponse } from 'electron'
import { pageFile, pageHeaders } from './page-files'

/** What Electron has to serve a scheme with. The first is deprecated, and may be missing one day. */
export interface PageProtocol extends Pick<Protocol, 'handle'> {
  registerBufferProtocol?: Protocol['registerBufferProtocol']
}

/**
 * Serves the page by `registerBufferProtocol` where Electron has it: its successor `handle` makes a `Request` of every request,
 * and with that Node loads its `fetch`, which takes longer than all of our own code before the window is drawn.
 */
export function servePage(protocol: PageProtocol, folder: string): void {
  if (protocol.registerBufferProtocol === undefined) protocol.handle('app', byResponse)
  else protocol.registerBufferProtocol('app', byBuffer)

  async function byResponse({ method, url }: Request): Promise<Response> {
    const { statusCode = 200, headers = {}, data } = await answerTo(folder, method, url)
    return new Response(data, { status: statusCode, headers })
  }

  function byBuffer({ method, url }: ProtocolRequest, answer: (response: ProtocolResponse) => void): void {
    answerTo(folder, method, url).then(answer, () => answer(notFound))
  }
}

type Answer = Pick<ProtocolResponse, 'statusCode'> & { data: Buffer<ArrayBuffer>; headers?: Record<string, string> }

const notFound: Answer = { statusCode: 404, data: Buffer.alloc(0) }

async function answerTo(folder: string, method: string, url: string): Promise<Answer> {
  const file = method === 'GET' ? pageFile(folder, new URL(url)) : null
  if (file === null) return notFound
  return readFile(file.path).then(
    (content) => respond(content, file.type),
    () => notFound,
  )
}

/** A nonce for each response. */
function respond(content: Buffer<ArrayBuffer>, type: string): Answer {
  const nonce = randomBytes(16).toString('base64')
  const data = type.startsWith('text/html')
    ? Buffer.from(content.toString('utf8').replaceAll('__CSP_NONCE__', nonce))
    : content
  return { data, headers: pageHeaders(type, nonce) }
}
