import { afterAll, expect, it } from 'vitest'
import { systemClock } from '#electron/platform/clock'
import { systemRandom } from '#electron/platform/random'
import { createConnections } from '#electron/services/connections'
import { backupComputer } from '../../../support/backups'
import { temporaryFolder } from '../../../support/home'
import { hostRow } from '../../../support/rows'

const { database, vault, close } = backupComputer(temporaryFolder())
afterAll(close)

const never = () => Promise.reject(new Error('was done'))
const connections = createConnections({
  database,
  vault,
  clock: systemClock,
  random: systemRandom,
  direct: { test: never },
  browser: { test: never },
  proxyFor: never,
  practiceServer: async () => null,
  accountFor: never,
  changed: () => undefined,
  stores: [],
})

it('leads nowhere with an address that is refused today, and that an earlier version kept', async () => {
  for (const hostname of ['010.0.0.1', '::01.2.3.4', 'bank.example@other.example', 'bank.example/?', 'bank.example#']) {
    const site = hostRow(hostname)
    await database.hosts.insert(site)
    const refused = { code: 'address-invalid' }
    await expect(connections.addressOf(site.id), hostname).rejects.toMatchObject(refused)
    for (const mode of ['direct', 'browser'] as const)
      await expect(connections.test(site.id, null, mode), hostname).rejects.toMatchObject(refused)
  }
})

it('leads to the address of every other one', async () => {
  const site = hostRow('bank.example', { port: 8443, path: '/in?here' })
  await database.hosts.insert(site)
  expect(await connections.addressOf(site.id)).toBe('https://bank.example:8443/in?here')
})
