import { join } from 'node:path'
import { app, session } from 'electron'
import { systemClock } from '#electron/platform/clock'
import { readEnvironment } from '#electron/platform/environment'
import { systemCodeOf } from '#electron/platform/error-code'
import type { HomePaths } from '#electron/platform/home'
import { type Log, recordBug } from '#electron/platform/log'
import { createPreferences } from '#electron/platform/preferences'
import type { Changed } from '#electron/services/changes'
import { downloadFile, type Feed, type FeedPorts, fetchManifest } from '#electron/services/updates/feed'
import { manifestOf } from '#electron/services/updates/manifest'
import { createUpdates, UpdateRecord, type UpdateService } from '#electron/services/updates/updates'
import { isPackage } from '../package-files'
import { forbidSpellChecker } from '../security'
import { updateChannelOf } from './channel'
import type { Installer } from './installer'

const HOURS = 60 * 60 * 1000
const PATIENCE_MS = 60_000

interface UpdateSetup {
  paths: HomePaths
  log: Log
  changed: Changed
  updatesAllowed(): Promise<boolean>
}

/** Updates of this copy. electron-updater is loaded only when the feed has something newer. */
export function setupUpdates({ paths: { home }, log, changed, updatesAllowed }: UpdateSetup): UpdateService {
  const { appImage, updateFeed } = readEnvironment()
  const { platform, arch, execPath, resourcesPath } = process
  const version = app.getVersion()
  const channel = () =>
    updateChannelOf({
      platform,
      program: execPath,
      resources: resourcesPath,
      isPackage: isPackage(app),
      appImage,
      hasFeed: updateFeed !== null || __LATCHKEY_UPDATE_FEED__ !== '',
    })

  /** Not in a package: there, a feed of tests fails. */
  const feed = async (): Promise<Feed> =>
    updateFeed === null
      ? { url: __LATCHKEY_UPDATE_FEED__, publicKey: __LATCHKEY_UPDATE_KEY__ }
      : (await import('./stand-in')).standInFeed(updateFeed)

  // A session of its own, in memory: the page's has no network, and this one has the proxy of the system.
  const ports: FeedPorts = {
    get(url, options) {
      const own = session.fromPartition('updates', { cache: false })
      forbidSpellChecker(own)
      return own.fetch(url, options)
    },
    patience: PATIENCE_MS,
  }

  let installer: Installer | null = null
  const open = async (): Promise<Installer> =>
    (await import('./installer')).createInstaller({
      platform,
      arch,
      version,
      appImage: appImage?.file ?? null,
      home,
      download: async (file, path) => downloadFile(ports, await feed(), file, path),
      onQuit: (act) => app.once('quit', (_event, code) => act(code)),
      onInstallError(error) {
        const code = systemCodeOf(error)
        log.warn('update-not-installed', code === null ? {} : { code })
      },
    })

  const updates = createUpdates({
    version,
    channel,
    updatesAllowed,
    manifest: async () => fetchManifest(ports, await feed(), manifestOf(platform, arch)),
    async prepare(release) {
      installer ??= await open()
      await installer.prepare(release)
    },
    withdraw: () => installer?.withdraw() ?? true,
    record: createPreferences(join(home, 'updates.json'), UpdateRecord),
    clock: systemClock,
    changed,
    onBug: (error) => recordBug(log, error, { operation: 'updates' }),
  })
  setInterval(() => void updates.checkByItself(), 6 * HOURS).unref()
  return updates
}
