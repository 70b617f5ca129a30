import './compat'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { app, type BrowserWindow } from 'electron'
import { openLog, ownPaths } from '#electron/platform/home'
import { eventChannel } from '#shared/ipc/channels'
import type { AppEvent } from '#shared/ipc/events'
import { browserFolder } from './browser-folder'
import { setupCertificateChoice } from './browser-visit/choices'
import { enableSandboxWherePossible } from './compat'
import { recordFailures } from './failures'
import { runGuidedLab } from './guided-lab'
import { ignoreInheritedSettings } from './inherited-settings'
import { type Answerer, serve } from './ipc/serve'
import { setupMenu } from './menu'
import { registerScheme, serveApp } from './protocol'
import { forbidDnsPrefetch, setupSecurity } from './security'
import { isFirstInstance } from './single-instance'
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

const paths = ownPaths()
app.setPath('userData', browserFolder(paths, app))

const log = openLog(paths)
recordFailures(log)

const isGuided = app.commandLine.hasSwitch('guided-lab')

if (isGuided && (paths.refusal !== null || !isThrownAwayToo(paths.home, homedir()))) {
  console.error(
    '--guided-lab runs only in a temporary home folder, such as the one that “npm start” creates without a screen.',
  )
  app.exit(2)
} else if (isFirstInstance(() => window, commands)) {
  void app.whenReady().then(start)
} else {
  app.quit()
}

/** In order; each line is one concern. */
async function start(): Promise<void> {
  setupSecurity()
  setupCertificateChoice()
  serveApp(join(__dirname, '../renderer'))
  serve(backend)
  window = openWindow()
  window.on('closed', () => {
    window = null
  })
  setupMenu(commands.give, paths)
  if (isGuided) app.exit(await runGuidedLab(window))
}

let answerer: Promise<Answerer> | null = null

/** Loaded and started once. The page is drawn by then, and its first question waits for this. */
function backend(): Promise<Answerer> {
  answerer ??= import('./backend').then(({ startBackend }) =>
    startBackend({ paths, log, commands, window: () => window }),
  )
  return answerer
}

app.on('window-all-closed', () => app.quit())
