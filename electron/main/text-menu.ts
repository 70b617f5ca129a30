import { type BrowserWindow, Menu } from 'electron'
import { textMenuTemplate } from './text-menu-template'

/** Electron shows no menu of its own over text. Rows have theirs on the page, which then asks for none here. */
export function setupTextMenu(window: BrowserWindow): void {
  window.webContents.on('context-menu', (_event, pressed) => {
    const template = textMenuTemplate(pressed)
    if (template !== null) Menu.buildFromTemplate(template).popup({ window })
  })
}
