import './compat'
import { once } from 'node:events'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { app, type BrowserWindow } from 'electron'
import { homePaths } from '#electron/platform/home'
import { setupCertificateChoice } from './browser-visit/choices'
import { enableSandboxWherePossible } from './compat'
import { runGuidedLab } from './guided-lab'
import { setupMenu } from './menu'
import { registerScheme, serveApp } from './protocol'
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
  setupSecurity()
  setupCertificateChoice()
  const pageServed = serveApp(join(__dirname, '../renderer'))
  window = openWindow()
  const pageLoaded = once(window.webContents, 'did-stop-loading')
  window.on('closed', () => {
    window = null
  })
  // The page draws itself while this process reads the rest; no message of the page is looked at before that is done.
  await Promise.race([pageServed, pageLoaded])
  const { startBackend } = await import('./backend')
  const { send } = startBackend(paths, () => window)
  setupMenu(send)
  if (app.commandLine.hasSwitch('guided-lab')) app.exit(await runGuidedLab(window))
}

app.on('window-all-closed', () => app.quit())
