import { app, Notification } from 'electron'
import type { ExpiryNotification } from '#shared/logic/expiring/notification'
import { escapeMarkup } from '#shared/logic/markup'

/** As in electron-builder.yml: Windows shows notifications only of an app that says which one it is. */
const APP_ID = 'app.latchkey.desktop'

/** Kept until it is clicked or closed: Electron drops the click of one that is collected (electron/electron#16922). */
const shown = new Set<Notification>()

/** What becomes of a notification. */
export interface NotificationOutcomes {
  /** It was clicked, or its button was. */
  open(): void
  /** It went without a click. */
  closed(): void
  /** The system did not show it: on Linux, for example, where no program of the session shows notifications. */
  notShown(): void
}

/** False where it is known before trying that the system shows none. */
export const canNotify = (): boolean => Notification.isSupported()

/** Shows a notification of the system, and tells what becomes of it. */
export function showNotification({ title, text, action }: ExpiryNotification, outcomes: NotificationOutcomes): void {
  if (process.platform === 'win32') app.setAppUserModelId(APP_ID)
  // Electron shows buttons on macOS and Windows only; elsewhere a click on the notification does the same.
  const actions = [{ type: 'button' as const, text: action }]
  const notification = new Notification({ title, body: bodyOf(text), actions })
  const ends = (tell: () => void) => () => {
    if (shown.delete(notification)) tell()
  }
  notification.on('click', ends(outcomes.open))
  notification.on('action', ends(outcomes.open))
  notification.on('close', ends(outcomes.closed))
  notification.on('failed', ends(outcomes.notShown))
  shown.add(notification)
  notification.show()
}

/**
 * On Linux the body, unlike the title, may be read as markup, links included (Desktop Notifications Specification, “Markup”),
 * and Electron passes it on as it is: a certificate's name must not act there.
 */
const bodyOf = (text: string): string => (process.platform === 'linux' ? escapeMarkup(text) : text)
