import type { AppAdapter } from 'electron-updater/out/AppAdapter'
import type { InstallOptions } from 'electron-updater/out/BaseUpdater'
import { NsisUpdater } from 'electron-updater/out/NsisUpdater'
import { verifySignature } from 'electron-updater/out/windowsExecutableCodeSignatureVerifier'
import { requireUnchanged } from './checksum'

/** electron-updater's own, which looks at the signature once it has the installer: days may pass until the app quits and starts it. */
export class CheckedNsisUpdater extends NsisUpdater {
  readonly #sha512: () => string | null

  /** @param sha512 Base64, of the installer; null where none is wanted. */
  constructor(sha512: () => string | null, app: AppAdapter) {
    super(null, app)
    this.#sha512 = sha512
    this.verifyUpdateCodeSignature = verifyPublisher
  }

  protected override doInstall(options: InstallOptions): boolean {
    const { installerPath } = this
    const sha512 = this.#sha512()
    if (installerPath === null || sha512 === null) return false
    requireUnchanged(installerPath, sha512)
    return super.doInstall(options)
  }
}

/** What electron-updater's check tells its log of a signature that it has seen to be good, of a publisher named by CN alone. */
const SEEN_GOOD = 'Signature validated'

/**
 * Whether an installer has a valid Authenticode signature of one of these publishers (their CN): null, or why not. electron-updater's
 * own check also lets a file pass where PowerShell is missing or forbidden, and says so to its log alone; here only a signature that
 * was seen counts.
 */
async function verifyPublisher(publishers: string[], file: string): Promise<string | null> {
  let isSeenGood = false
  const ignore = () => undefined
  const warn = (text: unknown) => {
    if (String(text).startsWith(SEEN_GOOD)) isSeenGood = true
  }
  const refusal = await verifySignature(publishers, file, { info: ignore, warn, error: ignore })
  return refusal ?? (isSeenGood ? null : 'PowerShell could not check it.')
}
