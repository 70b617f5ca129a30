import { app, powerMonitor } from 'electron'
import { systemClock } from '#electron/platform/clock'
import { type Log, recordBug } from '#electron/platform/log'
import { isAppError } from '#shared/errors'
import type { Expiring } from '#shared/model/expiring'
import type { NotifiedThing } from '#shared/model/window-command'
import { createExpiryWatch, type ExpiryWatch, type ExpiryWatchPorts } from './expiry-watch'
import { canNotify, showNotification } from './notifications'

interface ExpiryPorts extends Pick<ExpiryWatchPorts, 'alerts' | 'changed'> {
  log: Log
  /** Opens it in the window. */
  show(about: NotifiedThing): void
}

/** Warns before certificates, issuers and revocation lists expire. The first look is the caller's, once the database is open. */
export function setupExpiryWatch({ alerts, changed, log, show }: ExpiryPorts): ExpiryWatch {
  const watch = createExpiryWatch({
    alerts,
    changed,
    canNotify,
    notify: (notification) => showNotification(notification, () => show(thingOf(notification.opens))),
    showCount: (count) => void app.setBadgeCount(count),
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

function thingOf(about: Expiring): NotifiedThing {
  switch (about.kind) {
    case 'certificate':
      return { identity: about.identity }
    case 'uploaded-ca':
      return { uploadedCa: about.ca }
    case 'intermediate':
    case 'root':
    case 'crl':
      return { issuer: about.issuer }
  }
}
