import { createPublicKey } from 'node:crypto'
import { z } from 'zod'
import type { AuthorityListRow } from '#electron/database/authority-tables'
import type { JobOptions } from '#electron/jobs/jobs'
import { certificateKey, certificateSha256 } from '#electron/pki/certificate'
import { orderChain } from '#electron/pki/chain'
import { type Crl, isCrlSignedBy, type RevokedEntry, readCrl } from '#electron/pki/crl/read'
import { spellSerialNumber } from '#electron/pki/serial-number'
import type { IncomingFile } from '#electron/platform/incoming-file'
import { requireStrong } from '#electron/vault/derive'
import { AppError } from '#shared/errors'
import { type AuthoritySummary, RevocationReason } from '#shared/model/authority'
import { AuthorityId } from '#shared/model/ids'
import type { Recovery, Step } from '../operations'
import { requireUnlocked } from '../require-unlocked'
import { type Brought, readAuthority } from './import-files'
import type { AuthorityKeys } from './keys'
import type { AuthorityPorts } from './ports'
import { authorityRowOf, orphansOf } from './record'
import { summarise } from './summary'

const Payload = z.strictObject({ authority: AuthorityId })

/** An issuer that was made elsewhere: its certificate, and its key and last CRL where they come along. */
export function createImporting(ports: AuthorityPorts, keys: AuthorityKeys) {
  const { database, vault, jobs, operations, clock, random } = ports

  /** `password` opens the files, `passphrase` will guard the key here. */
  async function importFiles(
    files: IncomingFile[],
    password: string | null,
    passphrase: string | null,
    options: JobOptions = {},
  ): Promise<AuthoritySummary> {
    const brought = await readAuthority(jobs, files, password, options)
    try {
      const known = await database.authorities.list()
      const present = known.find((row) => row.sha256 === certificateSha256(brought.certificate))
      if (present !== undefined && (present.hasKey || brought.pkcs8 === null)) throw new AppError('already-present')
      if (brought.pkcs8 !== null) await requireGuard(passphrase)
      const id = present?.id ?? AuthorityId.parse(random.uuid())
      const steps = [
        ...(brought.pkcs8 === null ? [] : [sealing(id, brought.pkcs8, passphrase ?? '')]),
        { name: 'record', run: () => (present === undefined ? add(id, brought) : database.authorities.setHasKey(id)) },
      ]
      await operations.perform('authority-import', { authority: id }, steps, options.signal)
      return await announce(id, brought.pkcs8 !== null)
    } finally {
      brought.pkcs8?.fill(0)
    }
  }

  async function requireGuard(passphrase: string | null): Promise<void> {
    if (passphrase === null)
      throw new AppError(
        'invalid-input',
        'The file holds the issuer’s private key: choose a passphrase to guard it here.',
      )
    requireStrong(passphrase)
    await requireUnlocked(vault)
  }

  const sealing = (id: AuthorityId, pkcs8: Uint8Array, passphrase: string): Step<z.infer<typeof Payload>> => ({
    name: 'secret',
    run: () => keys.seal(id, pkcs8, passphrase),
    undo: () => takeBack(id),
  })

  async function add(id: AuthorityId, { certificate, pool, pkcs8, crls }: Brought): Promise<void> {
    const known = await database.authorities.list()
    const { chain: issuers } = await orderChain(certificate, [...pool, ...known.map(({ der }) => der)])
    const facts = { id, der: certificate, known, issuers, hasKey: pkcs8 !== null, imported: true }
    const row = authorityRowOf({ ...facts, createdAt: clock.now().toISOString() })
    const crl = newestOf(crls, certificate)
    const revoked = crl === null ? [] : [...crl.entries()].map(revocationOf)
    const children = orphansOf(certificate, known)
    await database.authorities.insert(row, { children, predecessor: null, revoked, issued: null })
    if (crl !== null) await keepCrl(id, crl)
  }

  /** Its number goes on from here. */
  async function keepCrl(id: AuthorityId, { der, number, thisUpdate, nextUpdate, count }: Crl): Promise<void> {
    if (number === null || nextUpdate === null || number > BigInt(Number.MAX_SAFE_INTEGER)) return
    const dates = { thisUpdate: thisUpdate.toISOString(), nextUpdate: nextUpdate.toISOString() }
    await database.crls.put(id, { number: Number(number), ...dates, entries: count, revocations: count }, der)
  }

  async function announce(id: AuthorityId, withKey: boolean): Promise<AuthoritySummary> {
    const row: AuthorityListRow = await keys.get(id)
    const sentence = withKey
      ? 'An issuer was added with its key.'
      : 'An issuer’s certificate was added, without its key.'
    await database.activity.append(clock.now(), 'issuer-imported', row.name, sentence)
    ports.changed('authorities', 'activity', 'vault')
    return summarise(row, clock.now())
  }

  /** A key that no record speaks of was never confirmed. */
  async function takeBack(id: AuthorityId): Promise<void> {
    if ((await database.authorities.get(id))?.hasKey !== true) await vault.delete('authority-key', id)
  }

  const recover: Recovery = (payload) => takeBack(Payload.parse(payload).authority)

  return { importFiles, recover }
}

/** The last full list that this issuer has signed itself: what it revoked stays revoked. */
function newestOf(crls: Uint8Array[], certificate: Uint8Array): Crl | null {
  const key = createPublicKey({ key: Buffer.from(certificateKey(certificate)), format: 'der', type: 'spki' })
  const own = crls.map(readCrl).filter((crl) => isCrlSignedBy(crl, key) && !crl.isDelta && !crl.isIndirect)
  return own.sort((a, b) => b.thisUpdate.getTime() - a.thisUpdate.getTime())[0] ?? null
}

function revocationOf({ serial, revokedAt, reason }: RevokedEntry) {
  const known = RevocationReason.safeParse(reason)
  return {
    serial: spellSerialNumber(serial),
    at: revokedAt.toISOString(),
    reason: known.success ? known.data : ('unspecified' as const),
  }
}
