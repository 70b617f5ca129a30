import './compat'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { app, type BrowserWindow } from 'electron'
import { type HomePaths, openLog, ownPaths } from '#electron/platform/home'
import { recordBug } from '#electron/platform/log'
import { eventChannel } from '#shared/ipc/channels'
import type { AppEvent } from '#shared/ipc/events'
import { noAreas } from '#shared/logic/areas'
import { claimBrowserFolder } from './browser-folder'
import { setupCertificateChoice } from './browser-visit/choices'
import { quitWith } from './close'
import { enableSandboxWherePossible } from './compat'
import { CHECK_SWITCH } from './daily-check'
import { recordFailures } from './failures'
import { runGuidedLab } from './guided-lab'
import { ignoreInheritedSettings } from './inherited-settings'
import { type Answerer, serve } from './ipc/serve'
import { createMenu, type ShowMenu } from './menu'
import { registerScheme, serveApp } from './protocol'
import { forbidDnsPrefetch, setupSecurity } from './security'
import { setupHandOver, takeInstanceLock } from './single-instance'
import { setupTextMenu } from './text-menu'
import { isThrownAwayToo } from './throw-away-home'
import { openWindow } from './window'
import { createWindowCommands } from './window-commands'

let window: BrowserWindow | null = null

ignoreInheritedSettings(app)
enableSandboxWherePossible()
forbidDnsPrefetch()
registerScheme()

const commands = createWindowCommands(() =>
  window?.webContents.send(eventChannel, { type: 'command' } satisfies AppEvent),
)

const found = ownPaths()
const log = openLog(found)
recordFailures(log)

const isGuided = app.commandLine.hasSwitch('guided-lab')

if (isGuided && (found.refusal !== null || !isThrownAwayToo(found.home, homedir()))) {
  console.error(
    '--guided-lab runs only in a temporary home folder, such as the one that “npm start” creates without a screen.',
  )
  app.exit(2)
} else if (app.commandLine.hasSwitch(CHECK_SWITCH)) {
  // A process without a window that did not end would never be seen.
  void checkAndExit().catch((error: unknown) => {
    recordBug(log, error, { operation: 'expiry' })
    app.exit(1)
  })
} else {
  begin()
}

/** No window is opened, and none that is open is disturbed. */
async function checkAndExit(): Promise<void> {
  const { checkExpiry, claimTemporaryFolder } = await import('./check-expiry')
  if (!claimTemporaryFolder()) return app.exit(1)
  app.dock?.hide()
  await app.whenReady()
  app.exit(await checkExpiry(found, log))
}

function begin(): void {
  const claim = claimBrowserFolder(found, {
    use: (folder) => app.setPath('userData', folder),
    takeLock: takeInstanceLock,
    onQuit: (act) => app.on('quit', act),
    lookAtHome: ownPaths,
  })
  if (claim.kind === 'second') {
    app.quit()
    return
  }
  const refusal = claim.kind === 'nowhere' ? claim.refusal : claim.paths.refusal
  // Loaded only then: the words of all errors would keep every other window waiting.
  if (refusal !== null) void import('./refused-start').then(({ printRefusal }) => printRefusal(refusal))
  if (claim.kind === 'nowhere') {
    void app.whenReady().then(async () => (await import('./refused-start')).showRefusal(claim.refusal))
  } else {
    setupHandOver(() => window, commands)
    void app.whenReady().then(() => start(claim.paths, claim.lookAgain))
  }
}

/** In order; each line is one concern. */
async function start(paths: HomePaths, lookAgain: () => HomePaths): Promise<void> {
  const showMenu = createMenu(commands.give, paths)
  setupSecurity()
  setupCertificateChoice()
  serveApp(join(__dirname, '../renderer'))
  serve(() => backend(paths, lookAgain, showMenu))
  window = openWindow()
  setupTextMenu(window)
  window.on('closed', () => {
    window = null
  })
  showMenu(noAreas)
  if (isGuided) quitWith(await runGuidedLab(window, () => commands.give({ kind: 'act', action: 'practice' })))
}

let answerer: Promise<Answerer> | null = null

/** Loaded and started once. The page is drawn by then, and its first question waits for this. */
function backend(paths: HomePaths, lookAgain: () => HomePaths, showMenu: ShowMenu): Promise<Answerer> {
  answerer ??= import('./backend').then(({ startBackend }) =>
    startBackend({ paths, lookAgain, log, commands, window: () => window, showMenu }),
  )
  return answerer
}

app.on('window-all-closed', () => app.quit())
