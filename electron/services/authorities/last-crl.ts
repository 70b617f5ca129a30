import { createPublicKey, type KeyObject } from 'node:crypto'
import type { BroughtRevocations, RevocationRow } from '#electron/database/authority-tables'
import { nameKeyOf, nameKeysOf } from '#electron/pki/authority/distinct'
import { continuableNumber } from '#electron/pki/crl/number'
import { type Crl, isCrlSignedBy, type RevokedEntry, readCrl } from '#electron/pki/crl/read'
import { ids } from '#electron/pki/oids'
import { spellSerialNumber } from '#electron/pki/serial-number'
import { certificateKey } from '#electron/pki/x509/read'
import { viewCertificate } from '#electron/pki/x509/view'
import { AppError } from '#shared/errors'
import { formatUtc } from '#shared/logic/formatting'
import { certificateName } from '#shared/logic/naming'
import { RevocationReason } from '#shared/model/authority'

/**
 * What an issuer has revoked before it came here, from the CRLs (DER) among its files: its last full list, whose number and
 * entries are gone on from. Lists of other issuers are left aside, also those that another key of the same name signed, as
 * long as its certificate is among `others`. Errors: `invalid-input` where a list of its own cannot be gone on from,
 * `crl-numbers-used-up`, `malformed`.
 */
export function broughtRevocations(
  crls: Uint8Array[],
  certificate: Uint8Array,
  others: Uint8Array[],
): BroughtRevocations {
  const { subject } = nameKeysOf(certificate)
  const namesakes = others.filter((der) => nameKeysOf(der).subject === subject).map(keyOf)
  const own = crls
    .map(readCrl)
    .filter((crl) => nameKeyOf(crl.issuer) === subject)
    .filter((crl) => isCrlSignedBy(crl, keyOf(certificate)) || !namesakes.some((key) => isCrlSignedBy(crl, key)))
  for (const crl of own) requireWhole(crl, certificate)
  const last = lastOf(own.filter(({ isDelta }) => !isDelta))
  requireLast(last, own)
  if (last === null) return { revoked: [], crl: null }
  const revoked = revocationsOf(last)
  const { der, thisUpdate, nextUpdate, count } = last
  return {
    revoked,
    crl: {
      der,
      number: continuableNumber(last.number),
      thisUpdate: thisUpdate.toISOString(),
      nextUpdate: nextUpdate?.toISOString() ?? null,
      follows: null,
      entries: count,
    },
  }
}

const keyOf = (der: Uint8Array): KeyObject =>
  createPublicKey({ key: Buffer.from(certificateKey(der)), format: 'der', type: 'spki' })

function requireWhole(crl: Crl, certificate: Uint8Array): void {
  if (!isCrlSignedBy(crl, keyOf(certificate)))
    throw new AppError(
      'invalid-input',
      `The key of “${certificateName(viewCertificate(certificate))}” has not signed ${nameOf(crl)}.`,
    )
  if (crl.number === null && crl.extensions.some(({ id }) => id === ids.crlNumber))
    throw new AppError('malformed', 'The number of the CRL cannot be read.')
  if (crl.isIndirect)
    throw new AppError(
      'invalid-input',
      `Certificates of other issuers are listed too, in ${nameOf(crl)} (an indirect CRL).`,
    )
}

function lastOf(full: Crl[]): Crl | null {
  return [...full].sort((a, b) => b.thisUpdate.getTime() - a.thisUpdate.getTime())[0] ?? null
}

/** The numbers must continue after every list that was published (RFC 5280 §5.2.3, §5.2.4). */
function requireLast(last: Crl | null, own: Crl[]): void {
  const ahead = own.find(
    ({ number }) => number !== null && (last === null || last.number === null || number > last.number),
  )
  if (ahead === undefined || ahead === last) return
  const wanted = 'Add only the last full list that was published.'
  if (ahead.isDelta)
    throw new AppError(
      'invalid-input',
      `Only the changes since an earlier list are in ${nameOf(ahead)} (a delta CRL). ${wanted}`,
    )
  const other = last === null ? '' : `, and ${nameOf(last)} is dated ${formatUtc(last.thisUpdate)}`
  throw new AppError(
    'invalid-input',
    `Which list is the last? ${nameOf(ahead)} is dated ${formatUtc(ahead.thisUpdate)}${other}. ${wanted}`,
  )
}

const nameOf = ({ number }: Crl): string => (number === null ? 'a CRL without a number' : `CRL number ${number}`)

/** Each serial number once. */
function revocationsOf(crl: Crl): RevocationRow[] {
  const bySerial = new Map<string, RevocationRow>()
  for (const entry of crl.entries()) {
    const serial = spellSerialNumber(entry.serial)
    if (!bySerial.has(serial) && entry.reason !== 'remove-from-crl') bySerial.set(serial, revocationOf(serial, entry))
  }
  return [...bySerial.values()]
}

/** A hold becomes a revocation, since nothing here lifts one (RFC 5280 §5.3.1 allows that). */
function revocationOf(serial: string, { revokedAt, reason }: RevokedEntry): RevocationRow {
  const known = RevocationReason.safeParse(reason)
  return { serial, at: revokedAt.toISOString(), reason: known.success ? known.data : 'unspecified' }
}
