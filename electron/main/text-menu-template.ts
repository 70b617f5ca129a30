import type { ContextMenuParams, MenuItemConstructorOptions } from 'electron'

type Pressed = Pick<ContextMenuParams, 'isEditable' | 'selectionText' | 'editFlags'>

/**
 * What the right mouse button offers in a field, or over text that is selected; null elsewhere. A password cannot be copied or
 * cut, which Chromium says itself, but it can be pasted.
 */
export function textMenuTemplate({
  isEditable,
  selectionText,
  editFlags,
}: Pressed): MenuItemConstructorOptions[] | null {
  const copy: MenuItemConstructorOptions = { role: 'copy', enabled: editFlags.canCopy }
  if (!isEditable) return selectionText.trim() === '' ? null : [copy]
  return [
    { role: 'undo', enabled: editFlags.canUndo },
    { role: 'redo', enabled: editFlags.canRedo },
    { type: 'separator' },
    { role: 'cut', enabled: editFlags.canCut },
    copy,
    { role: 'paste', enabled: editFlags.canPaste },
    { role: 'delete', enabled: editFlags.canDelete },
    { type: 'separator' },
    { role: 'selectAll', enabled: editFlags.canSelectAll },
  ]
}
