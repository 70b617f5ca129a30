import { app, type BrowserWindow } from 'electron'
import { bringToFront } from './bring-to-front'
import { type HandedOver, handedOver, tellable } from './handed-over'
import { tellOfOtherVersion } from './other-version'
import type { SecondStart } from './second-start'
import { isStartedAtLogin } from './started-at-login'
import type { WindowCommands } from './window-commands'

const ownStart = () => handedOver(process.argv, process.cwd(), process.defaultApp)

/** The files of this start, as another process can be told of them: at once where it is one piece. Windows passes a start on whole. */
export const ownPieces = (): string[][] => {
  const { files } = ownStart()
  return process.platform === 'win32' ? [files] : tellable(files)
}

/** One window for one home folder. False: another process has it and was told our files or link, or the lock could not be taken. */
export const takeInstanceLock = (): boolean =>
  app.requestSingleInstanceLock({
    ...ownStart(),
    asksForWindow: !isStartedAtLogin(),
    version: __LATCHKEY_VERSION__,
  } satisfies SecondStart)

/** For the first start. A second one brings it to the front and hands its files or its link over to it. */
export function setupHandOver(getWindow: () => BrowserWindow | null, commands: WindowCommands): void {
  function give({ files, link }: HandedOver): void {
    if (files.length > 0) commands.give({ kind: 'files', paths: files })
    if (link !== null) commands.give({ kind: 'link', link })
  }

  function followSecond(second: SecondStart | undefined): void {
    if (second !== undefined) give(second)
    if (second?.asksForWindow !== false) bringToFront(getWindow())
    if (second !== undefined && second.version !== null && second.version !== __LATCHKEY_VERSION__)
      void tellOfOtherVersion(getWindow(), second.version)
  }

  give(ownStart())
  app.on('second-instance', (_event, _commandLine, _folder, told) => {
    void import('./second-start').then(({ SecondStart }) => followSecond(SecondStart.safeParse(told).data))
  })
  // macOS hands files and links over like this, the first of them before the app is ready.
  app.on('open-file', (event, path) => {
    event.preventDefault()
    commands.give({ kind: 'files', paths: [path] })
  })
  app.on('open-url', (event, url) => {
    event.preventDefault()
    give(handedOver(['', '--', url], '/'))
    bringToFront(getWindow())
  })
}
