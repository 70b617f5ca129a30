import { app, type BrowserWindow } from 'electron'
import { bringToFront } from './bring-to-front'
import { filesIn, SecondStart } from './handed-over'
import type { WindowCommands } from './window-commands'

const ownFiles = () => filesIn(process.argv, process.cwd(), process.defaultApp)

/** One window for one home folder. False: another process has it and was told our files, or the lock could not be taken. */
export const takeInstanceLock = (): boolean =>
  app.requestSingleInstanceLock({ files: ownFiles() } satisfies SecondStart)

/** For the first start. A second one brings it to the front and hands its files over to it. */
export function setupHandOver(getWindow: () => BrowserWindow | null, commands: WindowCommands): void {
  const files = ownFiles()
  if (files.length > 0) commands.give({ kind: 'files', paths: files })
  app.on('second-instance', (_event, _commandLine, _folder, told) => {
    const second = SecondStart.safeParse(told)
    if (second.success && second.data.files.length > 0) commands.give({ kind: 'files', paths: second.data.files })
    bringToFront(getWindow())
  })
  // macOS hands files over like this, the first of them before the app is ready.
  app.on('open-file', (event, path) => {
    event.preventDefault()
    commands.give({ kind: 'files', paths: [path] })
  })
}
