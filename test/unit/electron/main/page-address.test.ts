import { afterEach, expect, it, vi } from 'vitest'
import { pageAddress } from '#electron/main/page-address'

afterEach(() => vi.unstubAllEnvs())

it.each([
  ['http://localhost:5173', 'http://localhost:5173/'],
  ['http://127.0.0.1:5173/', 'http://127.0.0.1:5173/'],
  ['https://evil.example/', 'app://latchkey/index.html'],
  ['http://localhost.evil.example/', 'app://latchkey/index.html'],
  ['file:///etc/passwd', 'app://latchkey/index.html'],
])('%s is taken as %s', (given, taken) => {
  vi.stubEnv('ELECTRON_RENDERER_URL', given)
  expect(pageAddress().href).toBe(taken)
})

it('is the app’s own page where nobody develops', () => {
  vi.stubEnv('ELECTRON_RENDERER_URL', undefined)
  expect(pageAddress().href).toBe('app://latchkey/index.html')
})
