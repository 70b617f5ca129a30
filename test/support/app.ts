import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, type ElectronApplication, expect, type Page } from '@playwright/test'
import { z } from 'zod'
import { throwAwayMark } from '#electron/main/throw-away-home'

/** The executable and what it needs to find the app: see electron/setup/driven-app.mjs. */
const Command = z.tuple([z.string()], z.string())

export interface RunningApp {
  app: ElectronApplication
  page: Page
  home: string
  /** What the main process printed. */
  output(): string
  close(): Promise<void>
  kill(): Promise<void>
}

export interface LaunchOptions {
  /** Start again on the home of an earlier run. */
  home?: string
  environment?: Record<string, string>
  /** Shell commands that mount something for this run alone; only for root (`canMount`). */
  mounts?: string
  /** Switches besides what a start needs. */
  args?: string[]
  width?: number
  height?: number
  /** The home keeps a zoom, so the page's size is not the window's. */
  isZoomed?: boolean
  /** How far the start has come when this resolves: the back end has answered, unless a test is about what comes before. */
  until?: 'listening' | 'answered'
}

const homes = new Set<string>()
// Playwright also loads each file to list its tests, in a process that runs none of them and so none of their clean-up.
process.once('exit', () => homes.forEach(removeHome))

export function newHome(): string {
  const home = mkdtempSync(join(tmpdir(), 'latchkey-e2e-'))
  homes.add(home)
  return markThrowAway(home)
}

export function removeHome(home: string): void {
  rmSync(home, { recursive: true, force: true, maxRetries: 5 })
  homes.delete(home)
}

/** As set-up marks a HOME of its own; only in such a one does the app run unattended. */
function markThrowAway(home: string): string {
  writeFileSync(join(home, throwAwayMark), realpathSync(home))
  return home
}

/** Only ever waited out by what never comes: with both cores taken by others, the first start of a machine takes half a minute. */
const patience = 120_000

/** The real app in a HOME of its own. `npm test` names the runtime and provides screen, message bus and keyring. */
export async function launchApp(options: LaunchOptions = {}): Promise<RunningApp> {
  const home = markThrowAway(options.home ?? newHome())
  mkdirSync(join(home, 'downloads'), { recursive: true })
  const { executable, args, env } = commandOf({ ...options, home })
  const wrapped = options.mounts === undefined ? executable : wrapInMounts(home, executable, options.mounts)
  const app = await _electron.launch({ executablePath: wrapped, args, env, timeout: patience })
  app.context().setDefaultTimeout(patience)
  const chunks: string[] = []
  app.process().stdout?.on('data', (chunk: Buffer) => chunks.push(String(chunk)))
  app.process().stderr?.on('data', (chunk: Buffer) => chunks.push(String(chunk)))
  const page = await app.firstWindow()
  await started(page, options.until)
  if (options.isZoomed !== true) await resize(app, page, options.width ?? 1200, options.height ?? 780)
  const ended = new Promise<void>((resolve) => app.process().once('exit', () => resolve()))
  return {
    app,
    page,
    home,
    output: () => chunks.join(''),
    close: () => app.close(),
    async kill() {
      app.process().kill('SIGKILL')
      await ended
    },
  }
}

/** Playwright puts arguments of its own first, so the program that it starts has to be one file. */
function wrapInMounts(home: string, executable: string, mounts: string): string {
  const script = join(home, 'in-mounts')
  const inside = `${mounts}\nexec "$0" "$@"`
  writeFileSync(join(home, 'mounts'), inside)
  writeFileSync(script, `#!/bin/sh\nexec unshare --mount sh -ec "$(cat '${home}/mounts')" '${executable}' "$@"\n`, {
    mode: 0o755,
  })
  return script
}

/** How the app is started on a home folder. Root needs the switch. */
export function commandOf({ home, environment, args = [] }: LaunchOptions & { home: string }) {
  const given = process.env['LATCHKEY_DRIVEN_APP']
  if (given === undefined) throw new Error('LATCHKEY_DRIVEN_APP is not set; run “npm test -- e2e”.')
  const [executable, ...app] = Command.parse(JSON.parse(given))
  const own = { HOME: home, LATCHKEY_HOME: join(home, 'latchkey') }
  return {
    executable,
    args: [...app, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), ...args],
    env: { ...inherited(), ...own, ...environment },
  }
}

/** What the page itself states (renderer/src/app/start-state.ts). A start that failed has answered, too: with its error. */
export async function started(page: Page, until: 'listening' | 'answered' = 'answered'): Promise<void> {
  const states = until === 'listening' ? ['listening', 'answered', 'failed'] : ['answered', 'failed']
  await page.waitForSelector(states.map((state) => `html[data-start="${state}"]`).join(), { state: 'attached' })
}

/** The system resizes when it likes to: nothing moves any more once the page itself has this size. */
export async function resize(app: ElectronApplication, page: Page, width: number, height: number): Promise<void> {
  const size = { width, height }
  await app.evaluate(({ BrowserWindow }, { width, height }) => {
    BrowserWindow.getAllWindows()[0]?.setContentSize(width, height)
  }, size)
  await page.waitForFunction(({ width, height }) => innerWidth === width && innerHeight === height, size)
}

/** Data folders of the session would otherwise win over HOME. */
function inherited(): Record<string, string> {
  const kept = Object.entries(process.env).filter(
    ([name, value]) => value !== undefined && !/^(XDG_(CONFIG|DATA|CACHE)_HOME|NODE_OPTIONS)$/u.test(name),
  )
  return Object.fromEntries(kept.map(([name, value]) => [name, value ?? '']))
}

/** Whoever is asked to choose files chooses these. */
export async function openDialogsGive(app: ElectronApplication, filePaths: string[]): Promise<void> {
  await app.evaluate(({ dialog }, paths) => {
    Object.assign(dialog, { showOpenDialog: () => Promise.resolve({ canceled: paths.length === 0, filePaths: paths }) })
  }, filePaths)
}

/** Whatever is saved goes to this folder under the name that was offered, without asking. */
export async function saveDialogsTo(app: ElectronApplication, folder: string): Promise<void> {
  await app.evaluate(({ dialog }, target) => {
    Object.assign(dialog, {
      showSaveDialog: (_window: unknown, { defaultPath }: { defaultPath?: string }) =>
        Promise.resolve({ canceled: false, filePath: `${target}/${defaultPath?.split(/[\\/]/u).at(-1) ?? 'saved'}` }),
    })
  }, folder)
}

/** The person's own browser opens nothing; which addresses it was given is told instead. */
export async function browserIsAsked(app: ElectronApplication): Promise<() => Promise<string[]>> {
  await app.evaluate(({ shell }) => {
    const asked: string[] = []
    Object.assign(globalThis, { askedOfBrowser: asked })
    Object.assign(shell, {
      openExternal: async (address: string) => {
        asked.push(address)
      },
    })
  })
  return async () => z.array(z.string()).parse(await app.evaluate(() => Reflect.get(globalThis, 'askedOfBrowser')))
}

/** For `catch`: what an action says whose window went away with its process before it came to its end. */
export function orKilled(error: unknown): false {
  if (/closed|crashed|destroyed/iu.test(String(error))) return false
  throw error
}

/** Acts, and waits for the end of the process that this, or a fail point on the way, brings about. */
export async function untilKilled({ app }: Pick<RunningApp, 'app'>, act: () => Promise<unknown>): Promise<void> {
  const dying = app.process()
  await act().catch(orKilled)
  await expect.poll(() => dying.signalCode ?? dying.exitCode).not.toBeNull()
}
