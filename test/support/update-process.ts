import { createInstaller } from '#electron/main/updates/installer'
import { downloadFile, fetchManifest } from '#electron/services/updates/feed'
import { manifestOf } from '#electron/services/updates/manifest'
import { isAppError } from '#shared/errors'

/** A process that takes an update, for the AppImage in APPIMAGE or as on Windows, says so and quits when it is told to. */
const [home = '', url = '', publicKey = '', system] = process.argv.slice(2)
const platform = system === 'win32' ? system : 'linux'
// A command line for Windows' shell would make a file NUL in another one.
process.chdir(home)
const ports = { get: fetch, patience: 60_000 }
const feed = { url, publicKey }
let quit: (code: number) => void = () => undefined

const installer = createInstaller({
  platform,
  arch: 'x64',
  version: '0.1.0',
  appImage: process.env['APPIMAGE'] ?? null,
  home,
  download: (file, path) => downloadFile(ports, feed, file, path),
  onQuit: (act) => {
    quit = act
  },
  onInstallError: (error) => console.log('not installed', error),
})
void fetchManifest(ports, feed, manifestOf(platform, 'x64'))
  .then((release) => installer.prepare(release))
  .then(
    () => console.log('ready'),
    (error: unknown) => console.log(`failed ${isAppError(error) ? error.code : error}`),
  )
process.stdin.once('data', () => {
  quit(0)
  process.exit(0)
})
