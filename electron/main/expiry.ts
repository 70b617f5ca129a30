import { app, type BrowserWindow, powerMonitor } from 'electron'
import { systemClock } from '#electron/platform/clock'
import { type Log, recordBug } from '#electron/platform/log'
import { isAppError } from '#shared/errors'
import type { ExpiryNotification } from '#shared/logic/expiring/notification'
import type { WindowCommand } from '#shared/model/window-command'
import { createExpiryWatch, type ExpiryWatch, type ExpiryWatchPorts } from './expiry-watch'
import { canNotify, showNotification } from './notifications'
import { showOnTaskbar } from './taskbar-overlay'

type NotificationCommand = Extract<WindowCommand, { kind: 'show' | 'renew' }>

interface ExpiryPorts extends Pick<ExpiryWatchPorts, 'alerts' | 'changed'> {
  log: Log
  window(): BrowserWindow | null
  /** Opens it in the window. */
  show(command: NotificationCommand): void
}

/** Warns before certificates, issuers and revocation lists expire. The first look is the caller's, once the database is open. */
export function setupExpiryWatch({ alerts, changed, log, window, show }: ExpiryPorts): ExpiryWatch {
  const watch = createExpiryWatch({
    alerts,
    changed,
    canNotify,
    notify: (notification) => showNotification(notification, () => show(commandFor(notification))),
    // Windows has no counts on the taskbar, but a small picture.
    showCount: (count) =>
      process.platform === 'win32' ? showOnTaskbar(window(), count) : void app.setBadgeCount(count),
    clock: systemClock,
    every: (milliseconds, act) => void setInterval(act, milliseconds).unref(),
    onError(error) {
      if (isAppError(error)) log.warn('expiry-not-checked', { code: error.code })
      else recordBug(log, error, { operation: 'expiry' })
    },
  })
  powerMonitor.on('resume', () => void watch.check())
  return watch
}

/** “Renew” is about one certificate; “Show” opens the first of several. */
function commandFor({ opens, action }: ExpiryNotification): NotificationCommand {
  switch (opens.kind) {
    case 'certificate': {
      const { identity } = opens
      return action === 'Renew' ? { kind: 'renew', identity } : { kind: 'show', about: { identity } }
    }
    case 'stored':
      return { kind: 'show', about: { stored: opens.sha256 } }
    case 'uploaded-ca':
      return { kind: 'show', about: { uploadedCa: opens.ca } }
    case 'intermediate':
    case 'root':
    case 'crl':
      return { kind: 'show', about: { issuer: opens.issuer } }
  }
}
