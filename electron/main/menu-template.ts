import type { MenuItemConstructorOptions } from 'electron'
import { appActions, isActionShown } from '#shared/logic/actions'
import type { Areas } from '#shared/model/areas'
import type { ActionId } from '#shared/model/window-command'

interface MenuParts {
  isMac: boolean
  /** Only a package has the file. */
  hasLicences: boolean
  zoomItems: MenuItemConstructorOptions[]
  areas: Areas
  act(action: ActionId): void
}

/** Every entry of the menu, with its shortcut. */
export function menuTemplate({ isMac, hasLicences, zoomItems, areas, act }: MenuParts): MenuItemConstructorOptions[] {
  const item = (id: ActionId): MenuItemConstructorOptions => {
    const { label, shortcut } = appActions[id]
    return { id, label, click: () => act(id), ...(shortcut === undefined ? {} : { accelerator: shortcut }) }
  }
  const items = (...ids: ActionId[]) => ids.filter((id) => isActionShown(id, areas)).map(item)
  const line: MenuItemConstructorOptions = { type: 'separator' }

  const ofIssuers = items('issue', 'issued', 'issuer-set-up', 'new-root', 'import-issuer', 'connect-signer')
  const file: MenuItemConstructorOptions = {
    label: 'File',
    submenu: [
      ...items('new', 'open', 'look', 'convert', 'export', 'renew'),
      line,
      ...(ofIssuers.length === 0 ? [] : [{ label: 'Issuers', submenu: ofIssuers }, line]),
      item('backup'),
      item('lock'),
      // Where every app of the system has it, besides Ctrl+6 in View.
      { id: 'preferences', label: 'Settings', accelerator: 'CmdOrCtrl+,', click: () => act('settings') },
      line,
      isMac ? { role: 'close' } : { role: 'quit' },
    ],
  }
  const edit: MenuItemConstructorOptions = {
    label: 'Edit',
    submenu: [
      { role: 'undo' },
      { role: 'redo' },
      line,
      { role: 'cut' },
      { role: 'copy' },
      { role: 'paste' },
      { role: 'delete' },
      { role: 'selectAll' },
      line,
      ...items('find', 'palette'),
    ],
  }
  const view: MenuItemConstructorOptions = {
    label: 'View',
    submenu: [
      ...items('certificates', 'connections', 'authorities', 'access', 'activity', 'settings'),
      line,
      ...items('light', 'dark', 'system'),
      line,
      ...zoomItems,
      line,
      { role: 'togglefullscreen' },
    ],
  }
  const help: MenuItemConstructorOptions = {
    role: 'help',
    submenu: [
      ...items('practice', 'walkthrough'),
      line,
      ...items('diagnostics', 'log'),
      line,
      { ...item('licences'), visible: hasLicences },
      item('about'),
    ],
  }
  return [...(isMac ? [{ role: 'appMenu' as const }] : []), file, edit, view, { role: 'windowMenu' }, help]
}
