import { app, type BrowserWindow } from 'electron'

/** One window for one home folder: a second start brings the first to the front. False: this process should end. */
export function isFirstInstance(getWindow: () => BrowserWindow | null): boolean {
  if (!app.requestSingleInstanceLock()) return false
  app.on('second-instance', () => {
    const window = getWindow()
    if (window === null) return
    if (window.isMinimized()) window.restore()
    window.focus()
  })
  return true
}
