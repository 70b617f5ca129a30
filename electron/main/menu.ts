import { Menu } from 'electron'
import type { HomePaths } from '#electron/platform/home'
import { hasLicences, showLicences } from './licences'
import { menuTemplate } from './menu-template'
import { showLog } from './show-log'
import type { GivenCommand } from './window-commands'
import { zoomItems } from './zoom'

/** The platform's usual menu; what our own entries ask for is done by the window. */
export function setupMenu(give: (command: GivenCommand) => void, paths: HomePaths): void {
  const template = menuTemplate({
    isMac: process.platform === 'darwin',
    hasLicences: hasLicences(),
    zoomItems: zoomItems(),
    act(action) {
      // These help where the window itself has failed.
      if (action === 'log') showLog(paths)
      else if (action === 'licences') showLicences()
      else give({ kind: 'act', action })
    },
  })
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
}
