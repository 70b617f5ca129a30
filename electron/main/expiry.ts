import { app, type BrowserWindow, powerMonitor } from 'electron'
import { systemClock } from '#electron/platform/clock'
import { type Log, recordFailure } from '#electron/platform/log'
import type { ExpiryNotification } from '#shared/logic/expiring/notification'
import type { WindowCommand } from '#shared/model/window-command'
import { createExpiryWatch, type ExpiryWatch, type ExpiryWatchPorts } from './expiry-watch'
import { canNotify, showNotification } from './notifications'
import { showOnTaskbar } from './taskbar-overlay'
import { thingOf } from './window-commands'

type NotificationCommand = Extract<WindowCommand, { kind: 'show' | 'renew' }>

interface ExpiryPorts extends Pick<ExpiryWatchPorts, 'alerts' | 'changed' | 'showDue'> {
  log: Log
  window(): BrowserWindow | null
  /** Opens it in the window. */
  show(command: NotificationCommand): void
}

/** Warns before certificates, issuers and revocation lists expire. The first look is the caller's, once the database is open. */
export function setupExpiryWatch({ alerts, changed, showDue, log, window, show }: ExpiryPorts): ExpiryWatch {
  const watch = createExpiryWatch({
    alerts,
    changed,
    canNotify,
    notify: (notification, notShown) =>
      showNotification(notification, { open: () => show(commandFor(notification)), closed: () => undefined, notShown }),
    // Windows has no counts on the taskbar, but a small picture.
    showDue(expiring) {
      const { length: count } = expiring
      if (process.platform === 'win32') showOnTaskbar(window(), count)
      else app.setBadgeCount(count)
      showDue(expiring)
    },
    clock: systemClock,
    every: (milliseconds, act) => void setInterval(act, milliseconds).unref(),
    onError: (error) => recordFailure(log, 'expiry-not-checked', error, 'expiry'),
  })
  powerMonitor.on('resume', () => void watch.check())
  return watch
}

/** “Renew” is about one certificate; “Show” opens the first of several. */
const commandFor = ({ opens, action }: ExpiryNotification): NotificationCommand =>
  opens.kind === 'certificate' && action === 'Renew'
    ? { kind: 'renew', identity: opens.identity }
    : { kind: 'show', about: thingOf(opens) }
