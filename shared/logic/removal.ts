import type { IdentitySummary } from '../model/identity'
import type { CertificateInStore, Install, Removal, Trust } from '../model/store'
import { countOf, formatFingerprint, formatIsoDate } from './formatting'
import { neutralise } from './neutralise'

/** What a removal came to, no more than was read back. */
export function removalSentence({ storeName, certificates, privateKey, reached }: Removal): string {
  const count = certificates.length
  if (!reached) return `${storeName} is not on this computer. Only the record of it was cleared.`
  if (count === 0) return nothingThere[privateKey](storeName)
  const what = count === 1 ? 'The certificate' : countOf(count, 'certificate')
  const their = count === 1 ? 'its' : 'their'
  if (privateKey === 'removed') return `${what} and ${their} private key were removed from ${storeName}.`
  const were = count === 1 ? 'was' : 'were'
  return `${what} ${were} removed from ${storeName}; ${their} private key was not there.`
}

const nothingThere: Record<Removal['privateKey'], (storeName: string) => string> = {
  removed: (storeName) => `The private key was removed from ${storeName}; its certificate was not there.`,
  absent: (storeName) => `Neither the certificate nor its private key was in ${storeName}; its record was cleared.`,
  unknown: (storeName) =>
    `The certificate was no longer in ${storeName}; its record was cleared. Whether the private key is still there could not be read.`,
}

/** Names one of several certificates of a key, of which the names are nearly always the same. */
export function certificateInWords({ name, notAfter, sha256, recorded }: CertificateInStore): string {
  const until = notAfter === null ? '' : `, until ${formatIsoDate(notAfter)}`
  return `“${neutralise(name)}”${until}, SHA-256 ${formatFingerprint(sha256.slice(0, 16))}…${recorded ? '' : ' (Latchkey has no record of installing it)'}`
}

/**
 * With which trust to install a certificate again, so that a removal is undone as a whole; null where it would not be: the
 * key is not in the vault, more than this certificate was there, or an issuer was trusted, which is never done by the way.
 */
export function trustForUndo(
  { keyInVault, sha256 }: Pick<IdentitySummary, 'keyInVault' | 'sha256'>,
  { trust, store, chainPresent }: Pick<Install, 'trust' | 'store' | 'chainPresent'>,
  { reached, certificates, privateKey }: Pick<Removal, 'reached' | 'certificates' | 'privateKey'>,
): Exclude<Trust, 'authority'> | null {
  const [only, ...others] = certificates
  const isWhole = reached && privateKey === 'removed' && only !== undefined && others.length === 0 && chainPresent
  if (!keyInVault || !isWhole || only.sha256 !== sha256 || !only.recorded) return null
  switch (trust.state) {
    case 'trusted':
      // Only macOS trusts a certificate by itself; elsewhere it was the issuer.
      return store.startsWith('macos-') ? 'certificate' : null
    case 'not-set':
      return 'none'
    case 'withheld':
    case 'not-needed':
      return 'certificate'
  }
}
