import './compat'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { app, type BrowserWindow } from 'electron'
import { type HomePaths, openLog, ownPaths } from '#electron/platform/home'
import { recordBug } from '#electron/platform/log'
import { eventChannel } from '#shared/ipc/channels'
import type { AppEvent } from '#shared/ipc/events'
import { noAreas } from '#shared/logic/areas'
import { bringToFront } from './bring-to-front'
import { claimBrowserFolder } from './browser-folder'
import { setupCertificateChoice } from './browser-visit/choices'
import { quitWith } from './close'
import { enableSandboxWherePossible, isWayland } from './compat'
import { recordFailures } from './failures'
import { hasOverlongLink } from './handed-over'
import { ignoreInheritedSettings } from './inherited-settings'
import { type Answerer, serve } from './ipc/serve'
import { createMenu, type ShowMenu } from './menu'
import { onceDrawn } from './once-drawn'
import { ownSwitches } from './own-switches'
import { registerScheme, serveApp } from './protocol'
import { forbidDnsPrefetch, setupSecurity } from './security'
import { ownPieces, setupHandOver, takeInstanceLock } from './single-instance'
import { isStartedAtLogin } from './started-at-login'
import { setupTextMenu } from './text-menu'
import { isThrownAwayToo } from './throw-away-home'
import type { KeepRunning } from './tray/keep-running'
import { openWindow } from './window'
import { createWindowCommands, thingOf } from './window-commands'

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

const isGuided = app.commandLine.hasSwitch(ownSwitches.guidedLab)

if (isGuided && (found.refusal !== null || !isThrownAwayToo(found.home, homedir()))) {
  console.error(
    '--guided-lab runs only in a temporary home folder, such as the one that “npm start” creates without a screen.',
  )
  app.exit(2)
} else if (app.commandLine.hasSwitch(ownSwitches.checkExpiry)) {
  // A process without a window that did not end would never be seen.
  void checkAndExit().catch((error: unknown) => {
    recordBug(log, error, { operation: 'expiry' })
    app.exit(1)
  })
} else if (hasOverlongLink(process.argv)) {
  console.error('This link is too long to be one of Latchkey’s.')
  app.exit(2)
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
  const pieces = ownPieces()
  const canBeTold = pieces.length < 2
  const claim = claimBrowserFolder(found, {
    use: (folder) => app.setPath('userData', folder),
    takeLock: takeInstanceLock,
    canBeTold,
    onQuit: (act) => app.on('quit', act),
    lookAtHome: ownPaths,
  })
  if (claim.kind === 'second') {
    if (canBeTold) app.quit()
    else void import('./start-in-pieces').then(({ startInPieces }) => startInPieces(pieces)).finally(() => app.quit())
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
  serve(async () => {
    await drawn
    return backend(paths, lookAgain, showMenu)
  })
  const opened = openWindow({
    isQuiet: isStartedAtLogin(),
    staysHidden: async () => (await keepRunning(paths)).staysHidden(),
  })
  window = opened
  opened.on('close', (event) => running?.closing(event))
  // The window is shown then, and not kept waiting for it by what else is loaded.
  const drawn = new Promise((resolve) => onceDrawn(opened, () => setImmediate(resolve), isWayland()))
  void drawn.then(() => keepRunning(paths))
  setupTextMenu(window)
  window.on('closed', () => {
    window = null
  })
  showMenu(noAreas)
  if (isGuided) {
    const { runGuidedLab } = await import('./guided-lab')
    quitWith(await runGuidedLab(opened, () => commands.give({ kind: 'act', action: 'practice' })))
  }
}

let running: KeepRunning | null = null
let runningLoaded: Promise<KeepRunning> | null = null

/** Loaded once the window is drawn, which needs none of it. */
function keepRunning(paths: HomePaths): Promise<KeepRunning> {
  runningLoaded ??= import('./tray/setup').then(({ setupKeepRunning }) => {
    running = setupKeepRunning({
      paths,
      log,
      window: () => window,
      show(about) {
        commands.give({ kind: 'show', about: thingOf(about) })
        bringToFront(window)
      },
    })
    return running
  })
  return runningLoaded
}

let answerer: Promise<Answerer> | null = null

/** Loaded and started once, when the window is drawn; its first question waits for this. */
function backend(paths: HomePaths, lookAgain: () => HomePaths, showMenu: ShowMenu): Promise<Answerer> {
  answerer ??= Promise.all([import('./backend'), keepRunning(paths)]).then(([{ startBackend }, kept]) =>
    startBackend({ paths, lookAgain, log, commands, window: () => window, showMenu, keepRunning: kept }),
  )
  return answerer
}

app.on('window-all-closed', () => app.quit())
// macOS: a click in the Dock.
app.on('activate', () => bringToFront(window))
