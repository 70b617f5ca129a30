import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { launchApp, newHome, removeHome } from '../support/app'
import { callBridge } from '../support/bridge'

/** What the variables and switches that a start inherits must not change, in the app as it runs from a clone. */

for (const [name, given] of [
  ['a variable', ['variable']],
  ['a switch', ['switch']],
  ['both', ['variable', 'switch']],
] as const) {
  test(`a visit as the browser writes no TLS keys where ${name} asks for them`, async () => {
    const home = newHome()
    const [byVariable, bySwitch] = [join(home, 'by-variable.log'), join(home, 'by-switch.log')]
    const isGiven = (way: 'variable' | 'switch') => given.some((one) => one === way)
    const running = await launchApp({
      home,
      environment: isGiven('variable') ? { SSLKEYLOGFILE: byVariable } : {},
      args: isGiven('switch') ? [` --ssl-key-log-file=${bySwitch}`] : [],
    })
    const { host } = await callBridge(running.page, 'lab.start', undefined)
    if (host === null) throw new Error('The practice site has no row.')
    const job = crypto.randomUUID()
    const report = await callBridge(running.page, 'connections.test', { host, identity: null, mode: 'browser', job })
    expect(report.without.outcome).toMatchObject({ kind: 'answered', status: 403 })
    await running.close()
    expect([byVariable, bySwitch].filter(existsSync)).toEqual([])
    removeHome(home)
  })
}
