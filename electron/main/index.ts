import './compat'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { app, type BrowserWindow } from 'electron'
import { compose } from '#electron/composition'
import { systemClock } from '#electron/platform/clock'
import { homePaths } from '#electron/platform/home'
import { createFileLog } from '#electron/platform/log'
import { systemRandom } from '#electron/platform/random'
import { eventChannel } from '#shared/ipc/channels'
import { AppEvent } from '#shared/ipc/events'
import { readAppInfo } from './app-info'
import { browserChromiumMajor, guardBrowserMode } from './browser-mode'
import { setupCertificateChoice } from './browser-visit/choices'
import { createBrowserVisitor } from './browser-visit/visitor'
import { closeInOrder } from './close'
import { enableSandboxWherePossible } from './compat'
import { createDesktop } from './desktop'
import { runGuidedLab } from './guided-lab'
import { createHandlers } from './ipc/handlers'
import { serve } from './ipc/serve'
import { createTickets } from './ipc/tickets'
import { createUtilityJobs } from './jobs'
import { setupMenu } from './menu'
import { ownOrigin, registerScheme, serveApp } from './protocol'
import { setupSecurity } from './security'
import { isFirstInstance } from './single-instance'
import { openWindow } from './window'

let window: BrowserWindow | null = null

enableSandboxWherePossible()
registerScheme()

const paths = homePaths({ environment: process.env, platform: process.platform, userHome: homedir() })
app.setPath('userData', join(paths.home, 'browser'))

if (isFirstInstance(() => window)) {
  void app.whenReady().then(start)
} else {
  app.quit()
}

/** In order; each line is one concern. */
async function start(): Promise<void> {
  const log = createFileLog(paths.log)
  setupSecurity()
  setupCertificateChoice()
  serveApp(join(__dirname, '../renderer'))
  setupMenu(send)
  // The window paints while the database opens; its first question simply waits for the answer.
  const services = compose({
    paths,
    environment: process.env,
    userHome: homedir(),
    jobs: createUtilityJobs(),
    log,
    databaseWorker: join(__dirname, 'database-worker.cjs'),
    visitor: guardBrowserMode(createBrowserVisitor()),
    chromiumMajor: browserChromiumMajor(),
    changed: (...topics) => send({ type: 'changed', topics }),
  })
  const tickets = createTickets(systemClock, systemRandom)
  const desktop = createDesktop(() => window, tickets)
  serve({
    handlers: services.then((ready) =>
      createHandlers({ services: ready, desktop, tickets, appInfo: readAppInfo, send }),
    ),
    ownOrigin,
    onBug(channel, error) {
      log.error('bug', { channel })
      console.error(error)
    },
  })
  window = openWindow()
  window.on('closed', () => {
    window = null
  })
  closeInOrder(services)
  if (app.commandLine.hasSwitch('guided-lab')) app.exit(await runGuidedLab(window))
}

function send(event: AppEvent): void {
  if (window !== null && !window.isDestroyed()) window.webContents.send(eventChannel, AppEvent.parse(event))
}

app.on('window-all-closed', () => app.quit())
