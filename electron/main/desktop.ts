import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import { app, type BrowserWindow, clipboard, dialog, nativeImage, shell } from 'electron'
import { AppError } from '#shared/errors'
import { SETUP_ENDING } from '#shared/logic/setup-file'
import { BACKUP_ENDING } from '#shared/model/backup'
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

  /** The paths of what was chosen; none when the dialog was closed. */
  async function choose(): Promise<string[]> {
    const answer = await dialog.showOpenDialog(current(), {
      title: 'Open a certificate file',
      properties: ['openFile', 'multiSelections'],
      filters: [
        { name: 'Certificates, keys and requests', extensions: fileEndings },
        { name: 'All files', extensions: ['*'] },
      ],
    })
    return answer.canceled ? [] : answer.filePaths
  }

  /** The path of a backup; null when the dialog was closed. */
  async function chooseBackup(): Promise<string | null> {
    const answer = await dialog.showOpenDialog(current(), {
      title: 'Restore a backup',
      properties: ['openFile'],
      filters: [
        { name: 'Latchkey backups', extensions: [BACKUP_ENDING] },
        { name: 'All files', extensions: ['*'] },
      ],
    })
    return answer.canceled ? null : (answer.filePaths[0] ?? null)
  }

  /** Where a file shall go; null when the dialog was closed. */
  async function chooseWhere(name: string): Promise<string | null> {
    const answer = await dialog.showSaveDialog(current(), { defaultPath: name })
    return answer.canceled || answer.filePath === '' ? null : answer.filePath
  }

  /** The folder for several files; null when the dialog was closed. */
  async function chooseFolder(): Promise<string | null> {
    const answer = await dialog.showOpenDialog(current(), {
      title: 'Save one file per person in…',
      buttonLabel: 'Save here',
      properties: ['openDirectory', 'createDirectory'],
    })
    return answer.canceled ? null : (answer.filePaths[0] ?? null)
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
