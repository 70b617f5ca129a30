import { app, Notification } from 'electron'
import type { ExpiryNotification } from '#shared/logic/expiring/notification'

/** As in electron-builder.yml: Windows shows notifications only of an app that says which one it is. */
const APP_ID = 'app.latchkey.desktop'

/** Kept until it is clicked or closed: Electron drops the click of one that is collected (electron/electron#16922). */
const shown = new Set<Notification>()

export const canNotify = (): boolean => Notification.isSupported()

/** Shows a notification of the system. A click on it, or on its button, calls `open`; `closed`: it went without one. */
export function showNotification(
  { title, text, action }: ExpiryNotification,
  open: () => void,
  closed: () => void = () => undefined,
): void {
  if (process.platform === 'win32') app.setAppUserModelId(APP_ID)
  // Electron shows buttons on macOS and Windows only; elsewhere a click on the notification does the same.
  const notification = new Notification({ title, body: text, actions: [{ type: 'button', text: action }] })
  const act = () => {
    shown.delete(notification)
    open()
  }
  notification.on('click', act)
  notification.on('action', act)
  notification.on('close', () => {
    shown.delete(notification)
    closed()
  })
  shown.add(notification)
  notification.show()
}
