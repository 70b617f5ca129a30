import { expect, it } from 'vitest'
import { pageAddress } from '#electron/main/page-address'

it.each([
  ['http://localhost:5173', 'http://localhost:5173/'],
  ['http://127.0.0.1:5173/', 'http://127.0.0.1:5173/'],
  ['https://evil.example/', 'app://latchkey/index.html'],
  ['http://localhost.evil.example/', 'app://latchkey/index.html'],
  ['file:///etc/passwd', 'app://latchkey/index.html'],
])('%s is taken as %s', (given, taken) => {
  expect(pageAddress({ ELECTRON_RENDERER_URL: given }).href).toBe(taken)
})

it('is the app’s own page where nobody develops', () => {
  expect(pageAddress({}).href).toBe('app://latchkey/index.html')
})
