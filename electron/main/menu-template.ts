import type { MenuItemConstructorOptions } from 'electron'
import { appActions, isActionShown, shortcutOf } from '#shared/logic/actions'
import type { Areas } from '#shared/model/areas'
import type { ActionId } from '#shared/model/window-command'

interface MenuParts {
  isMac: boolean
  /** Only a package has the file. */
  hasLicences: boolean
  /** Only a package on macOS. */
  hasCommandTool: boolean
  areas: Areas
  act(action: ActionId): void
}

/** Every entry of the menu, with its shortcut. */
export function menuTemplate({
  isMac,
  hasLicences,
  hasCommandTool,
  areas,
  act,
}: MenuParts): MenuItemConstructorOptions[] {
  const item = (id: ActionId): MenuItemConstructorOptions => {
    const { label } = appActions[id]
    const shortcut = shortcutOf(id, isMac)
    return { id, label, click: () => act(id), ...(shortcut === undefined ? {} : { accelerator: shortcut }) }
  }
  const items = (...ids: ActionId[]) => ids.filter((id) => isActionShown(id, areas)).map(item)
  const line: MenuItemConstructorOptions = { type: 'separator' }

  const ofIssuers = items(
    'issue',
    'issued',
    'issuer-set-up',
    'new-root',
    'import-issuer',
    'connect-signer',
    'setup-file',
  )
  const ofAccess = items('who-gets-in', 'protect', 'block', 'roll-over', 'expiry-alert')
  const administration: MenuItemConstructorOptions[] = [
    ...(ofIssuers.length === 0 ? [] : [{ label: 'Issuers', submenu: ofIssuers }]),
    ...(ofAccess.length === 0 ? [] : [{ label: 'Access', submenu: ofAccess }]),
  ]
  const file: MenuItemConstructorOptions = {
    label: 'File',
    submenu: [
      ...items('new', 'open', 'look', 'convert', 'export', 'renew'),
      line,
      ...items('check-site', 'add-site', 'test-all'),
      line,
      ...(administration.length === 0 ? [] : [...administration, line]),
      item('backup'),
      item('lock'),
      // Where every app of the system has it, besides Ctrl+6 in View.
      { id: 'preferences', label: 'Settings', accelerator: 'CmdOrCtrl+,', click: () => act('settings') },
      line,
      isMac ? { role: 'close' } : { ...item('quit'), role: 'quit' },
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
      // Electron's own roles zoom on to 500 %.
      item('zoom-in'),
      // The same key without Shift, as in browsers.
      { label: 'Zoom in', accelerator: 'CmdOrCtrl+=', click: () => act('zoom-in'), visible: false },
      ...items('zoom-out', 'zoom-reset'),
      line,
      { ...item('full-screen'), role: 'togglefullscreen' },
    ],
  }
  const help: MenuItemConstructorOptions = {
    role: 'help',
    submenu: [
      ...items('practice', 'walkthrough'),
      line,
      { ...item('command-tool'), visible: hasCommandTool },
      ...items('diagnostics', 'log'),
      line,
      { ...item('licences'), visible: hasLicences },
      item('about'),
    ],
  }
  return [...(isMac ? [{ role: 'appMenu' as const }] : []), file, edit, view, { role: 'windowMenu' }, help]
}
