import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import { AppInfo } from '#shared/model/app'
import { Host } from '#shared/model/host'
import { keyOf } from '../../../renderer/src/api'
import { TestBar } from '../../../renderer/src/screens/connections/TestBar'
import type { ConnectionTest } from '../../../renderer/src/screens/connections/use-connection-test'

const host = Host.parse({
  id: '5f0c3e1a-8d5b-4b7e-9f67-0f6c2f4b9a11',
  hostname: 'app.example.com',
  port: 443,
  path: '/',
  connectTo: null,
  pinnedKey: null,
  practice: false,
  identity: null,
  createdAt: '2026-05-01T09:00:00.000Z',
  lastTestAt: null,
  lastTestGood: null,
  lastSentence: null,
})

const idle: ConnectionTest = {
  certificates: [],
  requests: [],
  identity: null,
  mode: 'direct',
  isRunning: false,
  error: null,
  setIdentity: () => undefined,
  setMode: () => undefined,
  run: () => undefined,
  runWith: () => undefined,
  cancel: () => undefined,
}

/** The bar as it is drawn on a computer that can, or cannot, test as the browser. */
function draw(browserModeProblem: string | null, changes: Partial<ConnectionTest> = {}): string {
  const about = {
    version: '1',
    electron: '25',
    chromium: '114',
    node: '18',
    platform: 'linux',
    trialRuntime: true,
    hasLicences: false,
    hasCommandTool: false,
    dataFolder: '~/.config/Latchkey',
  }
  const client = new QueryClient()
  client.setQueryData(keyOf('app.info', undefined), AppInfo.parse({ ...about, browserModeProblem, fullName: '' }))
  const bar = createElement(TestBar, { host, test: { ...idle, ...changes }, isTested: false })
  const app = createElement(MantineProvider, null, bar)
  return renderToStaticMarkup(createElement(QueryClientProvider, { client }, app))
}

const browserInput = (html: string) => /<input[^>]*value="browser"[^>]*>/u.exec(html)?.[0] ?? ''

it('greys out testing as the browser where this computer cannot, and says why', () => {
  const html = draw('This trial runtime would create ~/.pki/nssdb.')
  expect(browserInput(html)).toContain('disabled=""')
  expect(html).toContain('Testing as the browser is not possible here. This trial runtime would create ~/.pki/nssdb.')
})

it('offers both ways where this computer can', () => {
  const html = draw(null)
  expect(browserInput(html)).toMatch(/value="browser"/u)
  expect(browserInput(html)).not.toContain('disabled')
  expect(html).not.toContain('not possible here')
})

it('offers to cancel while a test runs', () => {
  const html = draw(null, { isRunning: true })
  expect(html).toContain('Cancel')
  expect(html).not.toContain('Test connection')
  expect(html).toContain('Connecting to app.example.com')
})
