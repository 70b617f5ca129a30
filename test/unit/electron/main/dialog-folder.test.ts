import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { createDialogFolder } from '#electron/main/dialog-folder'
import { temporaryFolder } from '../../../support/home'

describe('the folder in which dialogs open', () => {
  let home: string
  let downloads: string
  beforeEach(() => {
    home = temporaryFolder()
    downloads = join(home, 'Downloads')
    mkdirSync(downloads)
    mkdirSync(join(home, 'work'))
  })
  const start = () => createDialogFolder(() => downloads)

  it('is Downloads at first', () => {
    expect(start().toOpen()).toEqual({ defaultPath: downloads })
    expect(start().toSave('ada.csr')).toEqual({ defaultPath: join(downloads, 'ada.csr') })
  })

  it('is that of the file, or the folder, that was chosen last', () => {
    const dialogs = start()
    dialogs.noteFile(join(home, 'work', 'ada.pem'))
    expect(dialogs.toOpen()).toEqual({ defaultPath: join(home, 'work') })
    expect(dialogs.toSave('ada.csr')).toEqual({ defaultPath: join(home, 'work', 'ada.csr') })
    dialogs.noteFolder(home)
    expect(dialogs.toOpen()).toEqual({ defaultPath: home })
  })

  it('is Downloads again once that one is gone, such as a stick', () => {
    const dialogs = start()
    dialogs.noteFile(join(home, 'work', 'ada.pem'))
    rmSync(join(home, 'work'), { recursive: true })
    expect(dialogs.toOpen()).toEqual({ defaultPath: downloads })
  })

  it('is left to the system where there are no Downloads', () => {
    rmSync(downloads, { recursive: true })
    expect(start().toOpen()).toEqual({})
    expect(start().toSave('ada.csr')).toEqual({ defaultPath: 'ada.csr' })
  })
})
