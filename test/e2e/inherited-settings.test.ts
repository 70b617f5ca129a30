import { existsSync, readFileSync, writeFileSync } from 'node:fs'
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

test('a process for key work gets nothing of the environment that it does not need', async () => {
  const home = newHome()
  const environment = {
    LATCHKEY_PASSPHRASE: 'planted',
    AWS_SECRET_ACCESS_KEY: 'planted',
    NODE_EXTRA_CA_CERTS: 'planted',
  }
  const running = await launchApp({ home, environment })
  const seen = join(home, 'seen.json')
  const script = join(home, 'tells.cjs')
  writeFileSync(
    script,
    `require('node:fs').writeFileSync(${JSON.stringify(seen)}, JSON.stringify(process.env)); process.exit()`,
  )
  // Started as the app starts its own, but in its place one that tells what it was given. (Chromium's process title takes the
  // place of /proc/PID/environ.)
  await running.app.evaluate(({ utilityProcess }, path) => {
    const fork = utilityProcess.fork
    Object.assign(utilityProcess, {
      fork: (_own: string, args: string[], options: object) => fork(path, args, options),
    })
  }, script)
  const draft = { subject: { commonName: 'Ada' }, algorithm: 'p-256' as const }
  await expect(callBridge(running.page, 'identities.request', { draft, job: crypto.randomUUID() })).rejects.toThrow(
    'internal',
  )
  const text = readFileSync(seen, 'utf8')
  expect(JSON.parse(text)).toMatchObject({ HOME: home, PATH: process.env['PATH'] })
  expect(text).not.toContain('planted')
  expect(text).not.toContain('LATCHKEY_')
  await running.close()
  removeHome(home)
})
