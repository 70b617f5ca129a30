import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { AppAdapter } from 'electron-updater/out/AppAdapter'
import type { AppUpdater } from 'electron-updater/out/AppUpdater'
import { hasCode } from '#electron/platform/error-code'
import type { Manifest, ReleaseFile } from '#electron/services/updates/manifest'
import { AppError, isAppError } from '#shared/errors'
import { InPlaceAppImageUpdater } from './appimage'

export interface InstallerPorts {
  platform: NodeJS.Platform
  arch: string
  version: string
  /** The AppImage that runs; null on other systems. */
  appImage: string | null
  /** Latchkey's own folder; the download goes to `updates` in it. */
  home: string
  /** Writes a file of the feed to a path, checked against the manifest. Errors: as `downloadFile`. */
  download(file: ReleaseFile, path: string): Promise<void>
  onQuit(act: (exitCode: number) => void): void
  /** What went wrong while the app quits, when nobody can be told. */
  onInstallError(error: unknown): void
}

export interface Installer {
  prepare(release: Manifest): Promise<void>
  /** False where it can no longer be taken back. */
  withdraw(): boolean
}

/** Whose signature an update for Windows must have besides (`publisherName` in electron-builder.yml). */
const windowsPublishers = ['Latchkey maintainers']
const folderName = 'updates'

/**
 * Installs releases by electron-updater, which is given the verified manifest and files that were checked against it, and has no
 * way to the network of its own. Load it only when there is something to install.
 */
export function createInstaller(ports: InstallerPorts): Installer {
  let prepared: ReleaseFile | null = null
  let updater: AppUpdater | null = null
  /** Squirrel.Mac has its own copy by then, and installs it when the app quits, whatever electron-updater is told. */
  let isStaged = false

  const adapter: AppAdapter = {
    version: ports.version,
    name: folderName,
    // It is asked only whether updates are wanted at all, which has been decided by then.
    isPackaged: true,
    appUpdateConfigPath: '',
    userDataPath: ports.home,
    baseCachePath: ports.home,
    whenReady: async () => undefined,
    relaunch: () => undefined,
    quit: () => undefined,
    onQuit: ports.onQuit,
  }

  async function open(): Promise<AppUpdater> {
    const made = await createUpdater(ports, adapter, () => prepared?.sha512 ?? null)
    made.allowDowngrade = false
    made.autoDownload = false
    made.disableDifferentialDownload = true
    made.disableWebInstaller = true
    made.logger = null
    // Otherwise read from a file of the package, and from one with an id for this computer.
    Object.assign(made, {
      configOnDisk: { value: Promise.resolve({ updaterCacheDirName: folderName, publisherName: windowsPublishers }) },
      stagingUserIdPromise: { value: Promise.resolve('') },
    })
    made.isUpdateSupported = () => true
    made.isUserWithinRollout = () => true
    // Whoever calls it is told as well; without a listener the process would end.
    made.on('error', () => undefined)
    return made
  }

  return {
    async prepare(release) {
      const file = fileFor(release, ports)
      prepared = file
      // Readable for this account alone, as everything in this folder.
      mkdirSync(join(ports.home, folderName), { recursive: true, mode: 0o700 })
      updater ??= await open()
      updater.autoInstallOnAppQuit = true
      Object.assign(updater, { httpExecutor: executorFor(ports, file) })
      updater.setFeedURL({ provider: 'custom', updateProvider: providerFor(release, file) })
      try {
        const found = await updater.checkForUpdates()
        if (found?.isUpdateAvailable !== true)
          throw new AppError('update-failed', 'The installer refuses this version.')
        await updater.downloadUpdate()
        isStaged = ports.platform === 'darwin' && updater.autoInstallOnAppQuit
      } catch (error) {
        prepared = null
        updater.autoInstallOnAppQuit = false
        throw asUpdateError(error)
      }
      updater.removeAllListeners('error')
      updater.on('error', ports.onInstallError)
    },
    withdraw() {
      if (isStaged) return false
      prepared = null
      if (updater !== null) updater.autoInstallOnAppQuit = false
      return true
    },
  }
}

async function createUpdater(
  { platform, appImage }: InstallerPorts,
  adapter: AppAdapter,
  sha512: () => string | null,
): Promise<AppUpdater> {
  switch (platform) {
    case 'darwin':
      return new (await import('electron-updater/out/MacUpdater')).MacUpdater(undefined, adapter)
    case 'win32':
      return new (await import('./windows')).CheckedNsisUpdater(sha512, adapter)
    default:
      if (appImage === null) throw new AppError('update-failed', 'This is no AppImage.')
      return new InPlaceAppImageUpdater({ path: appImage, sha512 }, adapter)
  }
}

/** Its own message is the whole of what PowerShell printed. */
function asUpdateError(error: unknown): AppError {
  if (isAppError(error)) return error
  if (hasCode(error, 'ERR_UPDATER_INVALID_SIGNATURE'))
    return new AppError('update-untrusted', 'Its installer has no valid signature of the makers of Latchkey.')
  return new AppError('update-failed', error instanceof Error ? error.message : null)
}

/** The one file that this system installs. Errors: `update-damaged` where the release has none. */
function fileFor({ files, version }: Manifest, { platform, arch }: InstallerPorts): ReleaseFile {
  const extension = platform === 'darwin' ? '.zip' : platform === 'win32' ? '.exe' : '.AppImage'
  const isForArm = arch === 'arm64'
  const found = files.find(({ url }) => url.endsWith(extension) && url.includes('arm64') === isForArm)
  if (found === undefined) throw new AppError('update-damaged', `Release ${version} has no file for this system.`)
  return found
}

/** What electron-updater calls to write a file; it never says more than which one. */
const executorFor = (ports: InstallerPorts, file: ReleaseFile) => ({
  download: async (_url: URL, path: string) => {
    await ports.download(file, path)
    return path
  },
})

/** The release as electron-updater's own feeds would describe it. */
const providerFor = ({ version, releaseDate }: Manifest, file: ReleaseFile) =>
  class {
    fileExtraDownloadHeaders = {}
    isUseMultipleRangeRequest = false
    setRequestHeaders() {}
    async getLatestVersion() {
      return { version, releaseDate, files: [file], path: file.url, sha512: file.sha512 }
    }
    resolveFiles() {
      // Of its address only the name is looked at; the download has its own.
      return [{ url: new URL(file.url, 'https://feed.invalid/'), info: file }]
    }
  }
