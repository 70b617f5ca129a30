import { createServer, type Server, type Socket } from 'node:net'
import { expect, test } from '@playwright/test'
import { launchApp, type RunningApp, removeHome } from '../support/app'
import { callBridge } from '../support/bridge'
import { listen } from '../support/ports'
import { isAccessible } from './looks'
import { actByPalette, goTo } from './steps'

/** All sites in one go. They are on a server that answers nobody until it is told to, so that what runs can be looked at. */
const names = ['a', 'b', 'c', 'd', 'e', 'f']

let running: RunningApp
let server: Server
const held: Socket[] = []
let isHolding = true

test.beforeAll(async () => {
  server = createServer((socket) => {
    socket.on('error', () => undefined)
    if (isHolding) held.push(socket)
    else socket.destroy()
  })
  const port = await listen(server)
  running = await launchApp()
  const { page } = running
  for (const name of names) {
    const address = `https://${name}.latchkey.localhost:${port}/`
    await callBridge(page, 'hosts.save', { id: null, address, connectTo: `127.0.0.1:${port}`, useProxy: true })
  }
  await goTo(page, 'Sites')
})
test.afterAll(async () => {
  await running.close()
  for (const socket of held) socket.destroy()
  server.close()
  removeHome(running.home)
})

/** Those of the list whose row says this. */
const rowsSaying = (words: string) =>
  running.page.getByRole('region', { name: 'Sites' }).getByRole('listitem').filter({ hasText: words })
const testAll = () => running.page.getByRole('button', { name: 'Test all', exact: true })
const cancel = (done: number) => running.page.getByRole('button', { name: `Cancel (${done} of ${names.length})` })

/** Hangs up on whoever waits longest. */
const hangUpOnOne = () => held.shift()?.destroy()

/** Hangs up on all who wait, and on whoever comes. */
function hangUpOnAll(): void {
  isHolding = false
  for (const socket of held.splice(0)) socket.destroy()
}

test('a few sites are tested at a time, and each row says how it stands', async () => {
  await testAll().click()
  await expect(rowsSaying('Testing…')).toHaveCount(4)
  await expect(rowsSaying('Not tested')).toHaveCount(2)
  await expect(cancel(0)).toBeVisible()
  await expect.poll(() => held.length).toBe(4)
  hangUpOnOne()
  await expect(cancel(1)).toBeVisible()
  await expect(rowsSaying('Testing…')).toHaveCount(4)
  await expect(rowsSaying('Unreachable')).toHaveCount(1)
  hangUpOnAll()
  await expect(testAll()).toBeVisible()
  await expect(rowsSaying('Unreachable')).toHaveCount(names.length)
})

test('the palette tests them all, from another screen', async () => {
  const { page } = running
  isHolding = true
  await goTo(page, 'Settings')
  await actByPalette(page, 'Test all sites')
  await expect(rowsSaying('Testing…')).toHaveCount(4)
  hangUpOnAll()
  await expect(testAll()).toBeVisible()
  await expect(rowsSaying('Unreachable')).toHaveCount(names.length)
})

test('the sites of one group are tested alone', async () => {
  const { rows: sites } = await callBridge(running.page, 'hosts.list', { limit: 100 })
  const members = sites.slice(0, 2)
  for (const { id, hostname, port, connectTo } of members) {
    const address = `https://${hostname}:${port}/`
    const group = '  Production '
    await callBridge(running.page, 'hosts.save', { id, address, connectTo: `127.0.0.1:${connectTo?.port}`, group })
  }
  const production = running.page.getByRole('region', { name: 'Production' })
  await expect(production.getByRole('listitem')).toHaveCount(2)
  await expect(running.page.getByRole('region', { name: 'Other sites' }).getByRole('listitem')).toHaveCount(4)
  await isAccessible(running.page)
  isHolding = true
  await running.page.getByRole('button', { name: 'Test all: Production' }).click()
  await expect(production.getByText('Testing…')).toHaveCount(2)
  await expect(rowsSaying('Testing…')).toHaveCount(2)
  await expect(running.page.getByRole('button', { name: 'Cancel (0 of 2)' })).toBeVisible()
  hangUpOnAll()
  await expect(testAll()).toBeVisible()
})

test('the practice site is left out while it does not run', async () => {
  const { page } = running
  const { host } = await callBridge(page, 'lab.start', undefined)
  await expect(rowsSaying('practice.latchkey.localhost')).toHaveCount(1)
  const practice = async () => (await callBridge(page, 'hosts.list', { limit: 100 })).rows.find(({ id }) => id === host)
  await testAll().click()
  await expect.poll(async () => (await practice())?.lastVerdict?.kind).toBe('protected')
  await expect(testAll()).toBeVisible()
  await callBridge(page, 'lab.stop', undefined)
  const tested = (await practice())?.lastTestAt
  await testAll().click()
  await expect(rowsSaying('Testing…')).toHaveCount(0)
  await expect(testAll()).toBeVisible()
  expect((await practice())?.lastTestAt).toBe(tested)
  if (host !== null) await callBridge(page, 'hosts.delete', { hosts: [host] })
  await expect(rowsSaying('practice.latchkey.localhost')).toHaveCount(0)
})

test('a cancellation ends what runs and starts nothing more', async () => {
  isHolding = true
  const tested = (await callBridge(running.page, 'hosts.list', { limit: 100 })).rows.map((row) => row.lastTestAt)
  await testAll().click()
  await expect(rowsSaying('Testing…')).toHaveCount(4)
  await cancel(0).click()
  await expect(rowsSaying('Testing…')).toHaveCount(0)
  await expect(testAll()).toBeVisible()
  const { rows } = await callBridge(running.page, 'hosts.list', { limit: 100 })
  expect(rows.map((row) => row.lastTestAt)).toEqual(tested)
})
