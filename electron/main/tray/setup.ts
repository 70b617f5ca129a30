import { join } from 'node:path'
import { app, type BrowserWindow, Menu, nativeImage, Tray } from 'electron'
import { systemClock } from '#electron/platform/clock'
import type { HomePaths } from '#electron/platform/home'
import { type Log, recordBug } from '#electron/platform/log'
import { createPreferences } from '#electron/platform/preferences'
import { createRun } from '#electron/platform/run'
import { systemWait } from '#electron/platform/wait'
import type { Expiring } from '#shared/model/expiring'
import { AppPreferences } from '#shared/model/preferences'
import { bringToFront } from '../bring-to-front'
import { createKeepRunning, type KeepRunning, type TrayIcon } from './keep-running'
import { findTrayHost } from './tray-host'
import { trayMenu, trayTip } from './tray-menu'

interface TrayPorts {
  paths: HomePaths
  log: Log
  window(): BrowserWindow | null
  /** Opens it in the window. */
  show(about: Expiring): void
}

/** The icon in the tray, and a window that stays when it is closed, where the person wants that. */
export function setupKeepRunning({ paths, log, window, show }: TrayPorts): KeepRunning {
  const run = createRun(log)
  const open = () => bringToFront(window())
  const keepRunning = createKeepRunning({
    preferences: createPreferences(join(paths.home, 'preferences.json'), AppPreferences),
    findTrayHost: () => findTrayHost({ platform: process.platform, run }),
    makeIcon: () => makeIcon({ open, show }),
    hideWindow: () => window()?.hide(),
    quit: () => app.quit(),
    wait: systemWait,
    onError: (error) => recordBug(log, error, { operation: 'tray' }),
  })
  app.on('before-quit', keepRunning.quitting)
  return keepRunning
}

function makeIcon({ open, show }: { open(): void; show(about: Expiring): void }): TrayIcon {
  const tray = new Tray(picture())
  // On Windows a click opens the program; on Linux, desktops differ in what they call a click. A Mac shows the menu.
  if (process.platform !== 'darwin') tray.on('click', open)
  return {
    draw(due) {
      tray.setToolTip(trayTip(due))
      tray.setContextMenu(
        Menu.buildFromTemplate(trayMenu(due, systemClock.now(), { show, open, quit: () => app.quit() })),
      )
    },
    remove: () => tray.destroy(),
  }
}

/** In points; a Mac gets one for each kind of screen. */
function picture() {
  const large = nativeImage.createFromPath(join(__dirname, '../renderer/tray.png'))
  if (process.platform !== 'darwin') return large.resize({ width: 32 })
  const image = nativeImage.createEmpty()
  for (const scaleFactor of [1, 2])
    image.addRepresentation({ scaleFactor, buffer: large.resize({ width: 18 * scaleFactor }).toPNG() })
  return image
}
