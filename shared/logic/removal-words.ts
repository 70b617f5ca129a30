import type { Removal } from '../model/store'

/** What a removal came to, no more than was read back. */
export function removalSentence({ storeName, certificates, privateKey }: Removal): string {
  const count = certificates.length
  const what = count === 1 ? 'The certificate' : `${count} certificates`
  const were = count === 1 ? 'was' : 'were'
  const their = count === 1 ? 'its' : 'their'
  if (count === 0) return nothingThere[privateKey](storeName)
  if (privateKey === 'removed') return `${what} and ${their} private key were removed from ${storeName}.`
  return `${what} ${were} removed from ${storeName}; ${their} private key was not there.`
}

const nothingThere: Record<Removal['privateKey'], (storeName: string) => string> = {
  removed: (storeName) => `The private key was removed from ${storeName}; its certificate was not there.`,
  absent: (storeName) => `Neither the certificate nor its private key was in ${storeName}; its record was cleared.`,
  unknown: (storeName) =>
    `The certificate was no longer in ${storeName}; its record was cleared. Whether the private key is still there could not be read.`,
}
