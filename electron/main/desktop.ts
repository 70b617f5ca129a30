import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import { app, type BrowserWindow, clipboard, dialog, nativeImage, type OpenDialogOptions, shell } from 'electron'
import { AppError } from '#shared/errors'
import { SETUP_ENDING } from '#shared/logic/setup-file'
import { BACKUP_ENDING } from '#shared/model/backup'
import { createDialogFolder } from './dialog-folder'
import { createDragFiles } from './drag-files'
import { saveFile } from './save-file'

/** What such files are usually called; anything else is found under "All files". */
const fileEndings = [...'pem crt cer der p7b p7c spc p12 pfx key p8 pub csr req p10 csv crl'.split(' '), SETUP_ENDING]

/** Dialogs, clipboard and dragging: everything where the window asks and only the main process may act. */
export function createDesktop(window: () => BrowserWindow | null) {
  function current(): BrowserWindow {
    const found = window()
    if (found === null) throw new AppError('cancelled')
    return found
  }

  const folder = createDialogFolder(() => app.getPath('downloads'))

  /** A dialog that opens where the last one ended. None when it was closed. */
  async function open(options: OpenDialogOptions): Promise<string[]> {
    const { canceled, filePaths } = await dialog.showOpenDialog(current(), { ...folder.toOpen(), ...options })
    const [first] = filePaths
    if (canceled || first === undefined) return []
    if (options.properties?.includes('openDirectory') === true) folder.noteFolder(first)
    else folder.noteFile(first)
    return filePaths
  }

  /** The paths of what was chosen; none when the dialog was closed. */
  async function choose(): Promise<string[]> {
    return open({
      title: 'Open a certificate file',
      properties: ['openFile', 'multiSelections'],
      filters: [
        { name: 'Certificates, keys and requests', extensions: fileEndings },
        { name: 'All files', extensions: ['*'] },
      ],
    })
  }

  /** The path of a backup; null when the dialog was closed. */
  async function chooseBackup(): Promise<string | null> {
    const [chosen] = await open({
      title: 'Restore a backup',
      properties: ['openFile'],
      filters: [
        { name: 'Latchkey backups', extensions: [BACKUP_ENDING] },
        { name: 'All files', extensions: ['*'] },
      ],
    })
    return chosen ?? null
  }

  /** Where a file shall go; null when the dialog was closed. */
  async function chooseWhere(name: string): Promise<string | null> {
    const { canceled, filePath } = await dialog.showSaveDialog(current(), folder.toSave(name))
    if (canceled || filePath === '') return null
    folder.noteFile(filePath)
    return filePath
  }

  /** The folder for several files; null when the dialog was closed. */
  async function chooseFolder(): Promise<string | null> {
    const [chosen] = await open({
      title: 'Save one file per person in…',
      buttonLabel: 'Save here',
      properties: ['openDirectory', 'createDirectory'],
    })
    return chosen ?? null
  }

  /** What was exported last: the window asks to see it without knowing where it is. */
  let exported: string | null = null

  /** In the system's file manager. Errors: `not-found` where it is gone, or nothing was exported. */
  function showExported(): void {
    if (exported === null || !existsSync(exported)) throw new AppError('not-found', 'The file is no longer there.')
    shell.showItemInFolder(exported)
  }

  /** Returns the file's name without its folder, or null when the dialog was closed. */
  async function save(name: string, content: string | Uint8Array, mode?: number): Promise<string | null> {
    const path = await chooseWhere(name)
    if (path === null) return null
    await saveFile(path, content, mode)
    return basename(path)
  }

  const writeForDrag = createDragFiles((act) => app.once('quit', act))

  /** A drag needs a file on disk. A CSR is public. */
  async function drag(name: string, content: string): Promise<void> {
    const file = await writeForDrag(name, content)
    const icon = nativeImage.createFromPath(join(__dirname, '../renderer/drag.png'))
    current().webContents.startDrag({ file, icon })
  }

  return {
    choose,
    chooseBackup,
    chooseWhere,
    chooseFolder,
    noteExported(path: string): void {
      exported = path
    },
    showExported,
    save,
    drag,
    /** Resolves once the text is on the clipboard: since Electron 44, it gets there later. */
    copy: async (text: string) => clipboard.writeText(text),
  }
}

export type Desktop = ReturnType<typeof createDesktop>
