import { AsnConvert } from '@peculiar/asn1-schema'
import { AppError } from '#shared/errors'
import { formatUtc } from '#shared/logic/formatting'
import { type Issuer, openIssuer } from '../authority/issuer'
import { type IssuerDates, requireRunning } from '../authority/lifetime'
import { keyUsageOf, parseCertificate } from '../certificate'
import { encode, encodeAll, integer, sequence, tags } from '../der'
import { time } from '../der-time'
import { authorityKeyIdentifier, crlNumber } from '../extensions'
import { type Revocation, writeEntries } from './entries-write'

export type { Revocation } from './entries-write'

export interface CrlInput extends Issuer {
  revoked: Revocation[]
  /** Greater than that of every list before it under this name (RFC 5280 §5.2.3). */
  number: bigint
  /** What the clock says; the list itself may have to be dated later. */
  now: Date
  thisUpdate: Date
  nextUpdate: Date
}

/**
 * A full CRL (RFC 5280 §5), v2, DER, signed by the issuer itself. Errors: `invalid-input` where the issuer may not sign CRLs
 * or the next list would come after the year 9999; those of `requireRunning`.
 */
export async function createCrl({
  revoked,
  number,
  now,
  thisUpdate,
  nextUpdate,
  ...issuer
}: CrlInput): Promise<Uint8Array> {
  const open = openIssuer(issuer)
  const { name, keyIdentifier, signer } = open
  const usage = keyUsageOf(parseCertificate(issuer.issuerCertificate))
  if (usage !== null && !usage.includes('crlSign'))
    throw new AppError('invalid-input', 'This issuer’s certificate does not allow it to sign CRLs (cRLSign).')
  requireRunning(now, open)
  requireBefore(thisUpdate, open)
  const algorithm = new Uint8Array(AsnConvert.serialize(signer.algorithm))
  const extensions = [authorityKeyIdentifier(keyIdentifier), crlNumber(number)]
  const body = sequence(
    version2,
    algorithm,
    name,
    time(thisUpdate),
    time(nextUpdate),
    // An empty list must be absent, not empty (§5.1.2.6).
    ...(revoked.length === 0 ? [] : [encode(tags.sequence, writeEntries(revoked, thisUpdate))]),
    encode(
      explicit0,
      encodeAll(
        tags.sequence,
        extensions.map((one) => new Uint8Array(AsnConvert.serialize(one))),
      ),
    ),
  )
  const signature = await signer.sign(body)
  return sequence(body, algorithm, encode(tags.bitString, Uint8Array.of(0), signature))
}

/** After its issuer's end no verifier believes it. */
function requireBefore(thisUpdate: Date, { title, notAfter }: IssuerDates): void {
  if (thisUpdate < notAfter) return
  const dates = `${formatUtc(thisUpdate)}, after “${title}” ends on ${formatUtc(notAfter)}`
  throw new AppError('invalid-input', `The list would be dated ${dates}. Create a successor of this issuer.`)
}

const version2 = integer(1)
const explicit0 = 0xa0
