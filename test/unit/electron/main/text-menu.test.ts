import { describe, expect, it } from 'vitest'
import { textMenuTemplate } from '#electron/main/text-menu-template'

const all = {
  canUndo: true,
  canRedo: false,
  canCut: true,
  canCopy: true,
  canPaste: true,
  canDelete: true,
  canSelectAll: true,
  canEditRichly: false,
}
const rolesOf = (template: ReturnType<typeof textMenuTemplate>) =>
  template?.flatMap(({ role, enabled }) => (role === undefined ? [] : [`${role} ${enabled}`]))

describe('the menu over text', () => {
  it('offers in a field what can be done there', () => {
    expect(rolesOf(textMenuTemplate({ isEditable: true, selectionText: '', editFlags: all }))).toEqual([
      'undo true',
      'redo false',
      'cut true',
      'copy true',
      'paste true',
      'delete true',
      'selectAll true',
    ])
  })

  it('pastes into a password field, and copies nothing out of it', () => {
    const editFlags = { ...all, canCut: false, canCopy: false }
    const roles = rolesOf(textMenuTemplate({ isEditable: true, selectionText: '', editFlags }))
    expect(roles).toContain('paste true')
    expect(roles).toEqual(expect.arrayContaining(['copy false', 'cut false']))
  })

  it('copies selected text elsewhere, and is absent where there is none', () => {
    expect(rolesOf(textMenuTemplate({ isEditable: false, selectionText: 'Ada', editFlags: all }))).toEqual([
      'copy true',
    ])
    expect(textMenuTemplate({ isEditable: false, selectionText: ' ', editFlags: all })).toBeNull()
  })
})
