import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, type ElectronApplication, type Page } from '@playwright/test'
import { throwAwayMark } from '#electron/main/throw-away-home'

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
  /** Switches besides what a start needs. */
  args?: string[]
  width?: number
  height?: number
}

export const newHome = () => markThrowAway(mkdtempSync(join(tmpdir(), 'latchkey-e2e-')))
export const removeHome = (home: string) => rmSync(home, { recursive: true, force: true, maxRetries: 5 })

/** As set-up marks a HOME of its own; only in such a one does the app run unattended. */
function markThrowAway(home: string): string {
  writeFileSync(join(home, throwAwayMark), realpathSync(home))
  return home
}

/** The real app in a HOME of its own. `npm test` names the runtime and provides screen, message bus and keyring. */
export async function launchApp(options: LaunchOptions = {}): Promise<RunningApp> {
  const home = markThrowAway(options.home ?? newHome())
  const executablePath = process.env['LATCHKEY_ELECTRON']
  if (executablePath === undefined) throw new Error('LATCHKEY_ELECTRON is not set; run “npm test -- e2e”.')
  mkdirSync(join(home, 'downloads'), { recursive: true })
  const isTrial = process.env['LATCHKEY_TRIAL'] === '1'
  const app = await _electron.launch({
    executablePath,
    // The trial runtime finds the app by itself; root needs the switch.
    args: [
      ...(isTrial ? [] : [process.cwd()]),
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ...(options.args ?? []),
    ],
    env: {
      ...inherited(),
      HOME: home,
      LATCHKEY_HOME: join(home, 'latchkey'),
      ...options.environment,
    },
    timeout: 60_000,
  })
  const chunks: string[] = []
  app.process().stdout?.on('data', (chunk: Buffer) => chunks.push(String(chunk)))
  app.process().stderr?.on('data', (chunk: Buffer) => chunks.push(String(chunk)))
  const page = await app.firstWindow()
  await resize(app, options.width ?? 1200, options.height ?? 780)
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

export async function resize(app: ElectronApplication, width: number, height: number): Promise<void> {
  await app.evaluate(
    ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(size.width, size.height),
    { width, height },
  )
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
        Promise.resolve({ canceled: false, filePath: `${target}/${defaultPath ?? 'saved'}` }),
    })
  }, folder)
}
