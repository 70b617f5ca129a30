import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, extname, join, relative, resolve } from 'node:path'
import { expect, test } from '@playwright/test'
import { commandOf, launchApp, newHome, removeHome } from '../support/app'

/** What is loaded before anything is drawn keeps every start waiting and stays in memory: nothing joins it by accident. */
const out = resolve(import.meta.dirname, '..', '..', 'out')
const read = (path: string) => readFileSync(path, 'utf8')

/** The main process' entry and every file that it requires at once; those inside a function come later. */
function loadedAtOnce(path: string, seen = new Map<string, string>()): Map<string, string> {
  if (seen.has(path)) return seen
  const code = read(path)
  seen.set(path, code)
  for (const [, name = ''] of code.matchAll(/^(?:(?:const|let|var) \w+ = )?require\("(\.[^"]+)"\)/gmu))
    loadedAtOnce(join(dirname(path), name), seen)
  return seen
}

/** The bundler names each module above its code. */
const modulesIn = (code: string) => [...code.matchAll(/^\/\/ ((?:electron|shared|node_modules)\/\S+)$/gmu)]

test('the main process loads these modules before the window is drawn, and no package', () => {
  const names = [...loadedAtOnce(join(out, 'main', 'index.cjs')).values()].flatMap((code) =>
    modulesIn(code).map(([, name = '']) => name),
  )
  const packages = names.flatMap((name) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/u.exec(name)?.[1] ?? [])
  expect(packages).toEqual([])
  expect(names.filter((name) => !name.startsWith('node_modules/')).sort()).toEqual(beforeTheWindow)
})

test('the first screen comes in one script and one style sheet, with no schemas and no larger than this', () => {
  const page = read(join(out, 'renderer', 'index.html'))
  const files = [...page.matchAll(/(?:src|href)="\.\/(assets\/[^"]+)"/gu)].map(([, name = '']) => name)
  const bytes = (kind: string) =>
    files.filter((name) => name.endsWith(kind)).reduce((sum, name) => sum + read(join(out, 'renderer', name)).length, 0)
  // Each file is asked of the main process, which is busy at that time.
  expect(files.map((name) => extname(name)).sort()).toEqual(['.css', '.js'])
  // Zod marks each schema with this property.
  const withSchemas = files.filter((name) => name.endsWith('.js') && read(join(out, 'renderer', name)).includes('_zod'))
  expect(withSchemas).toEqual([])
  expect(bytes('.js')).toBeLessThan(MAX_SCRIPTS)
  expect(bytes('.css')).toBeLessThan(MAX_STYLES)
})

test('one byte holds each character of a script', () => {
  const scripts = [...loadedAtOnce(join(out, 'main', 'index.cjs'))]
  for (const [path, code] of scripts) expect(/[\u0080-\uffff]/.test(code), relative(out, path)).toBe(false)
})

test('Node’s fetch is not loaded for the window', async () => {
  const { app, page, close, home } = await launchApp()
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible()
  const loaded = await app.evaluate(() => Reflect.get(process, 'moduleLoadList'))
  expect(loaded).toContain('NativeModule fs')
  expect(loaded).not.toContainEqual(expect.stringContaining('undici'))
  await close()
  removeHome(home)
})

test('the back end is loaded once the window is shown, and does not keep it waiting', async () => {
  const home = newHome()
  const [hook, kept] = [join(home, 'note-order.cjs'), join(home, 'order.json')]
  writeFileSync(hook, noteOrder(kept))
  const { executable, args, env } = commandOf({ home, environment: { NODE_OPTIONS: `--require=${hook}` } })
  await once(spawn(executable, args, { env, stdio: 'ignore' }), 'exit')
  expect(JSON.parse(read(kept))).toEqual(['window shown', 'back end loaded'])
  removeHome(home)
})

/** Required before everything else: writes down what comes first, and ends the app. Nobody drives it, so it starts by itself. */
const noteOrder = (kept: string) => `
const Module = require('node:module')
const { writeFileSync } = require('node:fs')
const order = []
function note(what) {
  if (order.push(what) < 2) return
  writeFileSync(${JSON.stringify(kept)}, JSON.stringify(order))
  process.exit()
}
const load = Module._load
let isStarted = false
Module._load = function (name, ...more) {
  if (/[/]chunks[/]backend-/.test(name)) note('back end loaded')
  const loaded = load.call(this, name, ...more)
  if (!isStarted && typeof globalThis.__playwright_run === 'function') {
    isStarted = true
    void globalThis.__playwright_run()
    load('electron').app.once('browser-window-created', (_event, window) => window.once('show', () => note('window shown')))
  }
  return loaded
}`

/** In bytes: a little more than there are. Whatever is not on the first screen belongs behind an `import()`. */
const MAX_SCRIPTS = 710_000
const MAX_STYLES = 270_000

const beforeTheWindow = [
  'electron/main/bring-to-front.ts',
  'electron/main/browser-folder.ts',
  'electron/main/browser-visit/choices.ts',
  'electron/main/close.ts',
  'electron/main/compat.ts',
  'electron/main/failures.ts',
  'electron/main/handed-over.ts',
  'electron/main/index.ts',
  'electron/main/inherited-settings.ts',
  'electron/main/ipc/serve.ts',
  'electron/main/licences.ts',
  'electron/main/menu-template.ts',
  'electron/main/menu.ts',
  'electron/main/once-drawn.ts',
  'electron/main/other-version.ts',
  'electron/main/own-switches.ts',
  'electron/main/package-files.ts',
  'electron/main/page-address.ts',
  'electron/main/page-files.ts',
  'electron/main/protocol.ts',
  'electron/main/security.ts',
  'electron/main/serve-page.ts',
  'electron/main/show-log.ts',
  'electron/main/single-instance.ts',
  'electron/main/started-at-login.ts',
  'electron/main/text-menu-template.ts',
  'electron/main/text-menu.ts',
  'electron/main/throw-away-home.ts',
  'electron/main/window-acts.ts',
  'electron/main/window-commands.ts',
  'electron/main/window.ts',
  'electron/platform/environment.ts',
  'electron/platform/error-code.ts',
  'electron/platform/home-owner.ts',
  'electron/platform/home-trouble.ts',
  'electron/platform/home-usable.ts',
  'electron/platform/home.ts',
  'electron/platform/live-process.ts',
  'electron/platform/log.ts',
  'electron/platform/private-folders.ts',
  'shared/errors.ts',
  'shared/ipc/channels.ts',
  'shared/logic/actions.ts',
  'shared/logic/areas.ts',
  'shared/logic/capitalise.ts',
  'shared/logic/neutralise.ts',
  'shared/logic/setup-file.ts',
  'shared/logic/trace.ts',
]
