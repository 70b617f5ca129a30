import { expect, it } from 'vitest'
import type { ProxyServer } from '#electron/probe/probe'
import { chooseProxy } from '#electron/services/proxy-choice'

const server = (hostname: string, from: ProxyServer['from']): ProxyServer => ({
  protocol: 'http',
  hostname,
  port: 3128,
  credentials: null,
  from,
})
const site = { hostname: 'a.example', port: 443 }
const ofComputer = { proxy: null, unused: { address: 'socks5://proxy:1080', from: 'system' } } as const
const find = async () => ofComputer
const directly = { proxy: null, unused: null }

it('takes what is said for this test first', async () => {
  const chosen = server('mine', 'command-line')
  expect(await chooseProxy(site, { proxy: chosen }, find)).toEqual({ proxy: chosen, unused: null })
  expect(await chooseProxy(site, { proxy: 'off' }, find)).toEqual(directly)
})

it('then what the list of sites says', async () => {
  expect(await chooseProxy({ ...site, practice: true, useProxy: true }, {}, find)).toEqual(directly)
  expect(await chooseProxy({ ...site, practice: false, useProxy: false }, {}, find)).toEqual(directly)
})

it('and otherwise what this computer says', async () => {
  expect(await chooseProxy({ ...site, practice: false, useProxy: true }, {}, find)).toEqual(ofComputer)
  expect(await chooseProxy(site, {}, find)).toEqual(ofComputer)
})
