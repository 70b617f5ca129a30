import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { pageFile, pageHeaders } from '#electron/main/page-files'

const folder = join('/', 'opt', 'latchkey', 'renderer')
const fileAt = (address: string) => pageFile(folder, new URL(address))?.path ?? null

describe('a file of the page', () => {
  it('lies in the folder of the page', () => {
    expect(fileAt('app://latchkey/index.html')).toBe(join(folder, 'index.html'))
    expect(fileAt('app://latchkey/assets/index-A1.js?v=2#x')).toBe(join(folder, 'assets', 'index-A1.js'))
    expect(fileAt('app://latchkey/a%20b/../index.html')).toBe(join(folder, 'index.html'))
    // What the parser of addresses takes for dots leads nowhere above the root.
    expect(fileAt('app://latchkey/%2e%2e/main/index.js')).toBe(join(folder, 'main', 'index.js'))
    expect(pageFile(folder, new URL('app://latchkey/app.css'))?.type).toBe('text/css; charset=utf-8')
  })

  it.each([
    ['another host', 'app://evil/index.html'],
    ['another scheme', 'https://latchkey/index.html'],
    ['the folder above', 'app://latchkey/..%2fmain%2findex.js'],
    ['far above', `app://latchkey/${'..%2f'.repeat(12)}etc/passwd.html`],
    ['a folder whose name begins alike', 'app://latchkey/..%2frenderer-old/index.html'],
    ['a zero octet', 'app://latchkey/index.html%00.js'],
    ['half a percent sign', 'app://latchkey/%E0%A4%A.js'],
    ['a kind that no page has', 'app://latchkey/latchkey.db'],
    ['a source map', 'app://latchkey/assets/index.js.map'],
    ['the folder itself', 'app://latchkey/'],
    ['no path', 'app://latchkey'],
  ])('is not found by %s', (_what, address) => {
    expect(fileAt(address)).toBeNull()
  })

  it.runIf(process.platform === 'win32')('is not found by a backslash', () => {
    expect(fileAt('app://latchkey/..%5c..%5cindex.html')).toBeNull()
  })
})

describe('the policy of the page', () => {
  const policy = new Map(
    pageHeaders('text/html', 'NONCE')
      ['content-security-policy'].split('; ')
      .map((directive) => [directive.split(' ')[0] ?? '', directive.split(' ').slice(1)]),
  )

  it.each([
    ['default-src', ["'none'"]],
    ['script-src', ["'self'"]],
    ['style-src', ["'self'", "'nonce-NONCE'"]],
    ['img-src', ["'self'", 'data:']],
    ['font-src', ["'self'"]],
    ['connect-src', ["'self'"]],
    ['base-uri', ["'none'"]],
    ['form-action', ["'none'"]],
    ['frame-ancestors', ["'none'"]],
  ])('%s is %s', (directive, sources) => {
    expect(policy.get(directive)).toEqual(sources)
  })

  it('has nothing that is not tested here, and nothing loose', () => {
    expect(policy.size).toBe(9)
    expect([...policy.values()].flat().join(' ')).not.toMatch(/unsafe|\*|https?:|blob:|wasm/u)
  })
})
