import { app, Menu } from 'electron'
import type { HomePaths } from '#electron/platform/home'
import type { Areas } from '#shared/model/areas'
import { hasLicences, showLicences } from './licences'
import { menuTemplate } from './menu-template'
import { hasCommandTool } from './package-files'
import { showLog } from './show-log'
import { actOnWindow, isWindowAct } from './window-acts'
import type { GivenCommand } from './window-commands'

/** Sets the application's menu, with the parts of the app that are shown to this person. */
export type ShowMenu = (areas: Areas) => void

/** The platform's usual menu; what our own entries ask for is done by the window. */
export function createMenu(give: (command: GivenCommand) => void, paths: HomePaths): ShowMenu {
  return (areas) => {
    const template = menuTemplate({
      isMac: process.platform === 'darwin',
      hasLicences: hasLicences(),
      hasCommandTool: hasCommandTool(app),
      areas,
      act(action) {
        // These help where the window itself has failed.
        if (action === 'log') showLog(paths)
        else if (action === 'licences') showLicences()
        else if (isWindowAct(action)) actOnWindow(action)
        else give({ kind: 'act', action })
      },
    })
    Menu.setApplicationMenu(Menu.buildFromTemplate(template))
  }
}
