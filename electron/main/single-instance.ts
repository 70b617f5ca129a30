import { app, type BrowserWindow } from 'electron'
import { filesIn, SecondStart } from './handed-over'
import type { WindowCommands } from './window-commands'

/**
 * One window for one home folder: a second start brings the first to the front and hands its files over to it. False: this
 * process should end.
 */
export function isFirstInstance(getWindow: () => BrowserWindow | null, commands: WindowCommands): boolean {
  const files = filesIn(process.argv, process.cwd(), process.defaultApp)
  if (!app.requestSingleInstanceLock({ files } satisfies SecondStart)) return false
  if (files.length > 0) commands.give({ kind: 'files', paths: files })
  app.on('second-instance', (_event, _commandLine, _folder, told) => {
    const second = SecondStart.safeParse(told)
    if (second.success && second.data.files.length > 0) commands.give({ kind: 'files', paths: second.data.files })
    const window = getWindow()
    if (window === null) return
    if (window.isMinimized()) window.restore()
    window.focus()
  })
  // macOS hands files over like this, the first of them before the app is ready.
  app.on('open-file', (event, path) => {
    event.preventDefault()
    commands.give({ kind: 'files', paths: [path] })
  })
  return true
}
