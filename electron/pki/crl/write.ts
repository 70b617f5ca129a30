import { AsnConvert } from '@peculiar/asn1-schema'
import { AppError } from '#shared/errors'
import { type Issuer, openIssuer } from '../authority/issuer'
import { requireRunning } from '../authority/lifetime'
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
  now: Date
  nextUpdateDays: number
}

/**
 * A full CRL (RFC 5280 §5), v2, DER, signed by the issuer itself. Errors: `invalid-input` where the issuer may not sign CRLs
 * or the next list would come after the year 9999; those of `requireRunning`.
 */
export async function createCrl({ revoked, number, now, nextUpdateDays, ...issuer }: CrlInput): Promise<Uint8Array> {
  const open = openIssuer(issuer)
  const { name, keyIdentifier, signer } = open
  const usage = keyUsageOf(parseCertificate(issuer.issuerCertificate))
  if (usage !== null && !usage.includes('crlSign'))
    throw new AppError('invalid-input', 'This issuer’s certificate does not allow it to sign CRLs (cRLSign).')
  requireRunning(now, open)
  const algorithm = new Uint8Array(AsnConvert.serialize(signer.algorithm))
  const extensions = [authorityKeyIdentifier(keyIdentifier), crlNumber(number)]
  const body = sequence(
    version2,
    algorithm,
    name,
    time(now),
    time(new Date(now.getTime() + nextUpdateDays * 86_400_000)),
    // An empty list must be absent, not empty (§5.1.2.6).
    ...(revoked.length === 0 ? [] : [encode(tags.sequence, writeEntries(revoked))]),
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

const version2 = integer(1)
const explicit0 = 0xa0
