import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { replaceAppImage } from '#electron/main/updates/appimage'
import type { Bundle } from '../../../../support/bundle'
import { temporaryFolder } from '../../../../support/home'
import { bundleWithModules, start } from '../../../../support/processes'
import {
  describeProgram,
  half,
  newProgram,
  programName,
  startFeed,
  type UpdateServer,
} from '../../../../support/update-feed'

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
  server.publish()
})

const oldProgram = 'the Latchkey of today'

/** An AppImage with a version in its name, in a folder with a blank. */
function computer() {
  const folder = join(temporaryFolder(), 'My programs')
  const home = temporaryFolder()
  mkdirSync(folder)
  const appImage = join(folder, 'Latchkey-0.1.0.AppImage')
  writeFileSync(appImage, oldProgram)
  chmodSync(appImage, 0o700)
  const run = (environment: Record<string, string> = {}) =>
    start(script.path, [home, server.feed.url, server.feed.publicKey], { APPIMAGE: appImage, ...environment })
  return { folder, home, appImage, run, content: () => readFileSync(appImage) }
}

it('a release replaces the AppImage when the app quits, under its own name, and is not started', async () => {
  const { folder, home, appImage, run, content } = computer()
  const app = run()
  expect(await app.line()).toBe('ready')
  expect(String(content())).toBe(oldProgram)
  app.say('quit')
  expect(await app.ended).toEqual({ code: 0, signal: null })
  expect(content().equals(newProgram)).toBe(true)
  expect(readdirSync(folder)).toEqual(['Latchkey-0.1.0.AppImage'])
  expect(statSync(appImage).mode & 0o777).toBe(0o700)
  expect(readdirSync(join(home, 'updates', 'pending')).filter((name) => name.endsWith('.AppImage'))).toEqual([])
  // Nothing that would tell one computer from another.
  expect(readdirSync(home)).toEqual(['updates'])
  expect(statSync(join(home, 'updates')).mode & 0o777).toBe(0o700)
})

it('killed during the download, the program is the old one, and the next start takes the new one', async () => {
  const { folder, run, content } = computer()
  const stopped = half(newProgram)
  server.answers.set(programName, stopped.answer)
  const app = run()
  await stopped.reached
  await app.kill()
  expect(String(content())).toBe(oldProgram)
  server.publish()
  const next = run()
  expect(await next.line()).toBe('ready')
  next.say('quit')
  await next.ended
  expect(content().equals(newProgram)).toBe(true)
  expect(readdirSync(folder)).toEqual(['Latchkey-0.1.0.AppImage'])
})

it('killed once it is ready, the next start does not download it again', async () => {
  const { run, content } = computer()
  const app = run()
  expect(await app.line()).toBe('ready')
  await app.kill()
  expect(String(content())).toBe(oldProgram)
  server.asked.length = 0
  const next = run()
  expect(await next.line()).toBe('ready')
  expect(server.asked).not.toContain(programName)
  next.say('quit')
  await next.ended
  expect(content().equals(newProgram)).toBe(true)
})

it.each([
  ['update-copied', false],
  ['update-installed', true],
])(
  'killed at %s while it is installed, there is a whole program, and the next start finishes it',
  async (point, isNew) => {
    const { folder, run, content } = computer()
    const app = run({ LATCHKEY_TEST: '1', LATCHKEY_FAIL_POINT: point })
    expect(await app.line()).toBe('ready')
    app.say('quit')
    expect((await app.ended).signal).toBe('SIGKILL')
    expect(content().equals(isNew ? newProgram : Buffer.from(oldProgram))).toBe(true)
    const next = run()
    expect(await next.line()).toBe('ready')
    next.say('quit')
    await next.ended
    expect(content().equals(newProgram)).toBe(true)
    expect(readdirSync(folder)).toEqual(['Latchkey-0.1.0.AppImage'])
  },
)

it('the file of this kind of computer is taken, wherever the list names it', async () => {
  const forArm = describeProgram(Buffer.from('for another kind'), 'Latchkey-9.0.0-arm64.AppImage')
  server.publish({ files: [forArm, describeProgram(newProgram)] })
  const { run, content } = computer()
  const app = run()
  expect(await app.line()).toBe('ready')
  app.say('quit')
  await app.ended
  expect(content().equals(newProgram)).toBe(true)
  expect(server.asked).not.toContain(forArm.url)
})

it('an earlier release is not installed, whoever asks for it', async () => {
  server.publish({ version: '0.0.9' })
  const { run, content } = computer()
  const app = run()
  expect(await app.line()).toBe('failed update-failed')
  app.say('quit')
  await app.ended
  expect(String(content())).toBe(oldProgram)
})

it('a download that was exchanged before the app quits is not installed', async () => {
  const { folder, home, run, content } = computer()
  const app = run()
  expect(await app.line()).toBe('ready')
  writeFileSync(join(home, 'updates', 'pending', programName), 'another program')
  app.say('quit')
  expect(await app.line()).toContain('not installed')
  await app.ended
  expect(String(content())).toBe(oldProgram)
  expect(readdirSync(folder)).toEqual(['Latchkey-0.1.0.AppImage'])
})

it('an AppImage in a folder that takes no file is kept', () => {
  const { folder, home, appImage, content } = computer()
  const download = join(home, 'download')
  writeFileSync(download, newProgram)
  // Also root cannot make a file where a folder has its name.
  mkdirSync(join(folder, '.Latchkey-0.1.0.AppImage.update', 'x'), { recursive: true })
  expect(() => replaceAppImage(download, appImage, describeProgram(newProgram).sha512)).toThrow()
  expect(String(content())).toBe(oldProgram)
})
