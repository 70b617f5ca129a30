import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Bundle } from '../../../../support/bundle'
import { temporaryFolder } from '../../../../support/home'
import { powershellDouble } from '../../../../support/powershell-double'
import { bundleWithModules, start } from '../../../../support/processes'
import { bytes, describeProgram, manifestName, startFeed, type UpdateServer } from '../../../../support/update-feed'

/** Writes down how it was started, in the place of Windows' installer. */
const installer = Buffer.from(
  '#!/bin/sh\nprintf "%s\\n" "$@" > "$INSTALLER_LOG.new" && mv "$INSTALLER_LOG.new" "$INSTALLER_LOG"\n',
)
const installerName = 'Latchkey-9.0.0.exe'

let script: Bundle
let server: UpdateServer
beforeAll(async () => {
  script = await bundleWithModules('test/support/update-process.ts')
  server = await startFeed()
})
afterAll(async () => {
  await server.close()
  await script.remove()
})
beforeEach(() => {
  server.answers.clear()
  server.publish({ system: 'win32-x64', files: [describeProgram(installer, installerName)] })
  for (const ending of ['', '.sig']) {
    const answer = server.answers.get(manifestName + ending)
    if (answer !== undefined) server.answers.set(`latest.yml${ending}`, answer)
  }
  server.answers.set(installerName, bytes(installer))
})

const ours = 'CN=Latchkey maintainers, O=Latchkey, C=DE'

/** electron-updater's own class for Windows; PowerShell is a double, or not there. */
function computer(signature: Parameters<typeof powershellDouble>[1] | null) {
  const [home, folder] = [temporaryFolder(), temporaryFolder()]
  const log = join(folder, 'started')
  const bin = signature === null ? folder : powershellDouble(folder, signature)
  mkdirSync(join(folder, 'empty'))
  const path = signature === null ? join(folder, 'empty') : `${bin}:${process.env['PATH'] ?? ''}`
  const app = start(script.path, [home, server.feed.url, server.feed.publicKey, 'win32'], {
    PATH: path,
    INSTALLER_LOG: log,
  })
  return { home, log, app, pending: join(home, 'updates', 'pending') }
}

describe.runIf(process.platform !== 'win32')('an update for Windows', () => {
  it('is started once the app quits, without a window, where its installer is signed by us', async () => {
    const { app, log, pending } = computer({ status: 0, subject: ours })
    expect(await app.line()).toBe('ready')
    const [name = ''] = readdirSync(pending).filter((one) => one.endsWith('.exe'))
    // Windows has no such permission.
    chmodSync(join(pending, name), 0o700)
    expect(existsSync(log)).toBe(false)
    app.say('quit')
    await app.ended
    await expect.poll(() => existsSync(log), { timeout: 20_000 }).toBe(true)
    expect(readFileSync(log, 'utf8').split('\n')).toEqual(['--updated', '/S', ''])
  })

  it('is not started where its installer was exchanged before the app quits', async () => {
    const { app, log, pending } = computer({ status: 0, subject: ours })
    expect(await app.line()).toBe('ready')
    const [name = ''] = readdirSync(pending).filter((one) => one.endsWith('.exe'))
    writeFileSync(join(pending, name), `${installer}# and more\n`, { mode: 0o700 })
    chmodSync(join(pending, name), 0o700)
    app.say('quit')
    expect(await app.line()).toContain('not installed')
    await app.ended
    expect(existsSync(log)).toBe(false)
  })

  it.each<[string, Parameters<typeof powershellDouble>[1] | null]>([
    ['by somebody else', { status: 0, subject: 'CN=Latchkey maintainers Ltd, O=Elsewhere' }],
    ['by nobody', { status: 2, subject: null }],
    ['and changed since', { status: 3, subject: ours }],
    ['in a way that no PowerShell can check here', null],
  ])('is not kept where its installer is signed %s', async (_how, signature) => {
    const { app, log, pending } = computer(signature)
    expect(await app.line()).toBe('failed update-untrusted')
    app.say('quit')
    await app.ended
    expect(existsSync(log)).toBe(false)
    expect(readdirSync(pending).filter((one) => one === installerName)).toEqual([])
  })
})
