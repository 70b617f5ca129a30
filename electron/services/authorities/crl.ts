import type { AuthorityListRow, CrlLine, CrlRow, KnownRevocation } from '#electron/database/authority-tables'
import type { Issuer } from '#electron/pki/authority/issuer'
import { encodePem } from '#electron/pki/containers/pem'
import { crlNumberAfter } from '#electron/pki/crl/number'
import { failPoint } from '#electron/platform/fail-point'
import { AppError } from '#shared/errors'
import type { AuthoritySummary } from '#shared/model/authority'
import type { AuthorityId } from '#shared/model/ids'
import type { AuthorityKeys } from './keys'
import type { AuthorityPorts, Signature } from './ports'
import { summarise } from './summary'

/** Another process may use a number first; three times in a row it hardly will. */
const attempts = 3

/** CRLs: written, numbered, kept, and only then handed out. */
export function createCrls(ports: AuthorityPorts, keys: AuthorityKeys) {
  const { database, jobs, clock, changed } = ports

  async function write(signature: Signature, days: number): Promise<AuthoritySummary> {
    const { id, name, number, entries } = await keys.signWith(signature, async (issuer, row) => {
      for (let attempt = 0; attempt < attempts; attempt += 1) {
        const written = await writeOnce(issuer, row, days)
        if (written !== null) return { ...row, ...written }
      }
      throw new AppError('busy', 'Another process writes this issuer’s CRL at this moment.')
    })
    const what = entries === 1 ? '1 revoked certificate' : `${entries} revoked certificates`
    await database.activity.append(clock.now(), 'crl-written', name, `CRL number ${number} lists ${what}.`)
    changed('authorities', 'activity')
    return summarise(await keys.get(id), clock.now())
  }

  /** Null where the number was used meanwhile: what was signed is thrown away unseen. */
  async function writeOnce(issuer: Issuer, { id, crl }: AuthorityListRow, days: number) {
    // Read before the revocations: what is older than the list has then been seen by it.
    const now = clock.now()
    const known = await database.crls.revocations(id)
    const revoked = known
      .filter((one) => mustBeListed(one, crl))
      .map(({ serial, at, reason }) => ({ serial, at: new Date(at), reason }))
    const number = nextNumber(await database.crls.line(id), now)
    const { der } = await jobs.run('write-crl', { issuer, revoked, number, now, nextUpdateDays: days })
    failPoint('crl:signed')
    const dates = {
      thisUpdate: now.toISOString(),
      nextUpdate: new Date(now.getTime() + days * 86_400_000).toISOString(),
    }
    const row = { number, ...dates, entries: revoked.length, revocations: known.length, der }
    const isKept = await database.crls.put(id, row)
    failPoint('crl:recorded')
    return isKept ? { number, entries: revoked.length } : null
  }

  async function file(id: AuthorityId, form: 'pem' | 'der'): Promise<{ name: string; content: string | Uint8Array }> {
    const { name } = await keys.get(id)
    const der = await database.crls.der(id)
    if (der === null) throw new AppError('not-found', 'This issuer has no CRL yet.')
    return { name, content: form === 'der' ? der : encodePem('X509 CRL', der) }
  }

  return { write, file }
}

/**
 * An entry stays until a list that was issued after the certificate's end has shown it (RFC 5280 §3.3). Ends count to the
 * second, as in the list; a serial number whose certificate is unknown stays for ever.
 */
function mustBeListed({ at, notAfter }: KnownRevocation, last: CrlRow | null): boolean {
  if (notAfter === null || last === null) return true
  const lastAt = Date.parse(last.thisUpdate)
  const wasOver = Date.parse(notAfter) < Math.floor(lastAt / 1000) * 1000
  return !(wasOver && Date.parse(at) < lastAt)
}

/** An imported issuer has had numbers that nobody here knows; the seconds since 1970 are beyond any that were counted. */
function nextNumber({ number, isImported }: CrlLine, now: Date): bigint {
  if (number !== null) return crlNumberAfter(number)
  return isImported ? BigInt(Math.floor(now.getTime() / 1000)) : 1n
}
