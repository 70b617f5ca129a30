import { app, type BrowserWindow, dialog } from 'electron'
import { neutralise } from '#shared/logic/neutralise'

let isShown = false

/** Another version was started while this one is open, after an update for example: it ends, and this one stays. */
export async function tellOfOtherVersion(window: BrowserWindow | null, version: string): Promise<void> {
  if (window === null || isShown) return
  isShown = true
  try {
    const { response } = await dialog.showMessageBox(window, {
      type: 'info',
      message: `Latchkey ${neutralise(version)} was started, but Latchkey ${__LATCHKEY_VERSION__} is still open.`,
      detail: 'Quit this one, then start Latchkey again.',
      buttons: ['Quit', 'Later'],
      defaultId: 0,
      cancelId: 1,
    })
    if (response === 0) app.quit()
  } finally {
    isShown = false
  }
}
