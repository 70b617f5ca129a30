import type { AuthorityListRow, CrlLine, WrittenCrl } from '#electron/database/authority-tables'
import type { Issuer } from '#electron/pki/authority/issuer'
import { encodePem } from '#electron/pki/containers/pem'
import { crlNumberAfter } from '#electron/pki/crl/number'
import { failPoint } from '#electron/platform/fail-point'
import { AppError } from '#shared/errors'
import { DAY_MS } from '#shared/logic/day'
import { countOf } from '#shared/logic/formatting'
import type { AuthoritySummary, LastCrlAnswer } from '#shared/model/authority'
import type { AuthorityId } from '#shared/model/ids'
import type { AuthorityKeys } from './keys'
import { listingOf, nextDates } from './next-crl'
import type { AuthorityPorts, Signature } from './ports'
import { summarise } from './summary'

/** Another process may use a number first; three times in a row it hardly will. */
const attempts = 3
/** `lastCrl` answers whether a last list that is dated in the future was published. */
export interface CrlOrder {
  days: number
  lastCrl: LastCrlAnswer | null
}

/** CRLs: written, numbered, kept, and only then handed out. */
export function createCrls(
  ports: Pick<AuthorityPorts, 'database' | 'jobs' | 'clock' | 'changed'>,
  keys: Pick<AuthorityKeys, 'get' | 'signWith'>,
) {
  const { database, jobs, clock, changed } = ports

  async function write(signature: Signature, order: CrlOrder): Promise<AuthoritySummary> {
    const { id } = await keys.signWith(signature, async (issuer, row) => {
      for (let attempt = 0; attempt < attempts; attempt += 1) {
        const written = await writeOnce(issuer, await keys.get(row.id), order)
        if (written !== null) return { ...row, ...written }
      }
      throw new AppError('busy', 'Another process is writing this issuer’s CRL.')
    })
    changed('authorities', 'activity')
    return summarise(await keys.get(id), clock.now())
  }

  /** Null where another list was written meanwhile: what was signed is thrown away unseen. */
  async function writeOnce(
    issuer: Issuer,
    { id, name, crl }: AuthorityListRow,
    order: CrlOrder,
  ): Promise<WrittenCrl | null> {
    const now = clock.now()
    const { thisUpdate, follows, discardAfter } = nextDates(now, crl, order.lastCrl)
    const nextUpdate = new Date(thisUpdate.getTime() + order.days * DAY_MS)
    const known = await database.crls.revocations(id)
    const { listed, listedAfterEnd } = listingOf(known, now, thisUpdate)
    const revoked = listed.map(({ serial, at, reason }) => ({ serial, at: new Date(at), reason }))
    const number = nextNumber(await database.crls.line(id), now)
    const { der } = await jobs.run('write-crl', { issuer, revoked, number, now, thisUpdate, nextUpdate })
    failPoint('crl:signed')
    const row = {
      number,
      thisUpdate: thisUpdate.toISOString(),
      nextUpdate: nextUpdate.toISOString(),
      follows: follows?.toISOString() ?? null,
      entries: listed.length,
      revocations: known.length,
      listedAfterEnd,
      discardAfter: discardAfter?.toISOString() ?? null,
      der,
    }
    const sentence = `CRL number ${number} lists ${countOf(row.entries, 'revoked certificate')}.`
    const line = { at: now.toISOString(), kind: 'crl-written', about: name, sentence, thing: { issuer: id } } as const
    const isKept = await database.crls.put(id, row, line)
    failPoint('crl:recorded')
    return isKept ? row : null
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
 * An imported issuer, or one that was restored without its last list, has used numbers that are not known here. The seconds
 * since 1970 are larger than any number that was reached by counting.
 */
function nextNumber({ number, isImported, hasUnknownLists }: CrlLine, now: Date): bigint {
  const seconds = BigInt(Math.floor(now.getTime() / 1000))
  if (number === null) return isImported || hasUnknownLists ? seconds : 1n
  const next = crlNumberAfter(number)
  return hasUnknownLists && seconds > next ? seconds : next
}
