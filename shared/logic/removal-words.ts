import type { CertificateInStore, Removal } from '../model/store'
import { countOf, formatIsoDate } from './formatting'
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
  return `“${neutralise(name)}”${until}, SHA-256 ${sha256.slice(0, 16)}…${recorded ? '' : ' (Latchkey has no record of installing it)'}`
}
