import type { WebContents } from 'electron'
import { z } from 'zod'

const Headers = z.record(z.string(), z.string())

const RequestSent = z.object({ requestId: z.string(), type: z.string().optional() })
const ResponseReceived = z.object({
  requestId: z.string(),
  response: z.object({
    status: z.number(),
    statusText: z.string(),
    headers: Headers,
    protocol: z.string().optional(),
    remoteIPAddress: z.string().optional(),
    remotePort: z.number().optional(),
    securityDetails: z.object({ protocol: z.string(), cipher: z.string() }).optional(),
    timing: z
      .object({
        dnsStart: z.number(),
        dnsEnd: z.number(),
        connectStart: z.number(),
        connectEnd: z.number(),
        sslStart: z.number(),
        sslEnd: z.number(),
        sendEnd: z.number(),
        receiveHeadersEnd: z.number(),
      })
      .optional(),
  }),
})
const ExtraInfo = z.object({ requestId: z.string(), headers: Headers, statusCode: z.number().optional() })
const Finished = z.object({ requestId: z.string() })
const Failed = z.object({ requestId: z.string(), errorText: z.string() })
const Body = z.object({ body: z.string(), base64Encoded: z.boolean() })

type Response = z.infer<typeof ResponseReceived>['response']

/** What Chromium's own inspector protocol says of the one request of a visit. */
export interface Observation {
  response: Response | null
  rawHeaders: Record<string, string> | null
  status: number | null
  body: string
  error: string | null
}

/**
 * Listens on the DevTools protocol, which tells raw headers (Set-Cookie included), TLS and timings, and hands out the
 * body without a line of script in the page.
 */
export function observe(contents: WebContents): { observed: Observation; settled: Promise<void> } {
  const observed: Observation = { response: null, rawHeaders: null, status: null, body: '', error: null }
  let first: string | null = null
  contents.debugger.attach('1.3')
  const settled = new Promise<void>((resolve) => {
    contents.debugger.on('detach', () => resolve())
    contents.debugger.on('message', async (_event, method, parameters: unknown) => {
      if (method === 'Network.requestWillBeSent') first ??= RequestSent.parse(parameters).requestId
      if (first === null || z.object({ requestId: z.string() }).safeParse(parameters).data?.requestId !== first) return
      if (method === 'Network.responseReceived') observed.response = ResponseReceived.parse(parameters).response
      if (method === 'Network.responseReceivedExtraInfo') keepExtra(observed, parameters)
      if (method === 'Network.loadingFinished') {
        observed.body = await readBody(contents, Finished.parse(parameters).requestId)
        resolve()
      }
      if (method === 'Network.loadingFailed') {
        observed.error ??= Failed.parse(parameters).errorText.replace(/^net::/u, '')
        resolve()
      }
    })
  })
  return { observed, settled }
}

function keepExtra(observed: Observation, parameters: unknown): void {
  const extra = ExtraInfo.parse(parameters)
  observed.rawHeaders = extra.headers
  observed.status = extra.statusCode ?? observed.status
}

async function readBody(contents: WebContents, requestId: string): Promise<string> {
  try {
    const body = Body.parse(await contents.debugger.sendCommand('Network.getResponseBody', { requestId }))
    return body.base64Encoded ? Buffer.from(body.body, 'base64').toString('utf8') : body.body
  } catch {
    return '' // The window is already gone, or the engine kept no body: both mean there is nothing to show.
  }
}
