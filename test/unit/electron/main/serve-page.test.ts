import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ProtocolRequest, ProtocolResponse } from 'electron'
import { describe, expect, it } from 'vitest'
import { type PageProtocol, servePage } from '#electron/main/serve-page'
import { temporaryFolder } from '../../../support/home'

type Ask = (method: string, url: string) => Promise<Response>

const folder = join(temporaryFolder(), 'renderer')
mkdirSync(folder)
const page = '<script nonce="__CSP_NONCE__"></script>'
writeFileSync(join(folder, 'index.html'), page)
writeFileSync(join(folder, 'image.png'), Buffer.from([0, 255, 128, 10]))
writeFileSync(join(folder, '..', 'outside.html'), 'private')

/** What Electron would answer a page, by the method that it has. */
function serving(hasBuffers: boolean): { ask: Ask; by: string[] } {
  const by: string[] = []
  let ask: Ask = () => Promise.reject(new Error('Nothing serves the scheme.'))
  const protocol: PageProtocol = {
    handle(scheme, handler) {
      by.push(`handle ${scheme}`)
      ask = async (method, url) => handler(new Request(url, { method }))
    },
  }
  if (hasBuffers)
    protocol.registerBufferProtocol = (scheme, handler) => {
      by.push(`registerBufferProtocol ${scheme}`)
      ask = (method, url) =>
        new Promise((resolve) => {
          const request: ProtocolRequest = { method, url, headers: {}, referrer: '' }
          handler(request, (answer) => resolve(asResponse(answer)))
        })
      return true
    }
  servePage(protocol, folder)
  return { ask: (method, url) => ask(method, url), by }
}

function asResponse(answer: Buffer | ProtocolResponse): Response {
  if (Buffer.isBuffer(answer) || !Buffer.isBuffer(answer.data)) throw new Error('It is to be data with headers.')
  const headers = Object.entries(answer.headers ?? {}).map(([name, value]): [string, string] => [name, String(value)])
  return new Response(Uint8Array.from(answer.data), { status: answer.statusCode ?? 200, headers })
}

describe.each([
  ['registerBufferProtocol', true],
  ['handle', false],
] as const)('the page, served by %s', (method, hasBuffers) => {
  const { ask, by } = serving(hasBuffers)

  it('is served by it alone', () => {
    expect(by).toEqual([`${method} app`])
  })

  it('comes with its headers, and a nonce of its own each time', async () => {
    const nonces = new Set<string>()
    for (let count = 0; count < 2; count += 1) {
      const answer = await ask('GET', 'app://latchkey/index.html')
      expect(answer.status).toBe(200)
      expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
      const nonce = /nonce="([^"]+)"/u.exec(await answer.text())?.[1] ?? ''
      expect(answer.headers.get('content-security-policy')).toContain(`'nonce-${nonce}'`)
      nonces.add(nonce)
    }
    expect(nonces.size).toBe(2)
  })

  it('gives bytes as they are', async () => {
    const answer = await ask('GET', 'app://latchkey/image.png')
    expect(answer.headers.get('content-type')).toBe('image/png')
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(Buffer.from([0, 255, 128, 10]))
  })

  it.each([
    ['what is not there', 'GET', 'app://latchkey/missing.html'],
    ['what lies outside', 'GET', 'app://latchkey/..%2foutside.html'],
    ['another host', 'GET', 'app://elsewhere/index.html'],
    ['what is sent to it', 'POST', 'app://latchkey/index.html'],
  ])('has nothing for %s', async (_what, method, url) => {
    const answer = await ask(method, url)
    expect([answer.status, await answer.text()]).toEqual([404, ''])
  })
})
