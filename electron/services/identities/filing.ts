import { z } from 'zod'
import type { CertificateRow, IdentityRow } from '#electron/database/identity-rows'
import { checkIssued } from '#electron/pki/checks'
import { describeKey, keyCodeOf, keySha256 } from '#electron/pki/keys'
import { orderChain } from '#electron/pki/x509/chain'
import { certificateSha256 } from '#electron/pki/x509/read'
import { viewCertificate } from '#electron/pki/x509/view'
import { AppError } from '#shared/errors'
import { certificateName, practiceIssuer } from '#shared/logic/naming'
import type { ImportOutcome } from '#shared/model/identity'
import { IdentityId } from '#shared/model/ids'
import { certificateRow } from '../certificate-row'
import type { Step } from '../operations'
import { requireUnlocked } from '../require-unlocked'
import type { Match } from './match'
import type { IdentityPorts } from './ports'
import { summarise } from './summary'

const Payload = z.strictObject({
  identity: IdentityId,
  /** The identity or its key was not here before, so an import that was not finished takes it away again. */
  newIdentity: z.boolean(),
  newKey: z.boolean(),
})
type Payload = z.infer<typeof Payload>

/** Practice certificates are marked for good: they never enter a trust list. */
export type Origin = 'file' | 'practice'

interface CertificateToFile {
  leaf: CertificateRow
  chain: CertificateRow[]
  origin: Origin
  signal: AbortSignal | undefined
}

type ImportedResult = Omit<Extract<ImportOutcome, { kind: 'imported' }>, 'others' | 'unread'>

/** A certificate that has found its key goes into vault and database: all of it or nothing. */
export function createFiler(ports: IdentityPorts) {
  const { database, vault, operations, clock, random } = ports

  const importing = operations.define({
    kind: 'import',
    subject: 'identity',
    payload: Payload,
    changes: ['identities', 'activity', 'vault'],
    recover: takeBack,
  })

  /** `certificates`: what may be its issuers. "overtaken": the match is no longer true, and nothing was changed. */
  async function file(
    match: Match,
    certificates: Uint8Array[],
    origin: Origin,
    signal: AbortSignal | undefined,
  ): Promise<ImportedResult | 'overtaken'> {
    const known = (await database.certificates.authorities()).map(({ der }) => der)
    const pool = certificates.filter((der) => der !== match.leaf)
    const { chain, complete } = orderChain(match.leaf, [...pool, ...known], clock.now())
    const keyCameAlong = match.key?.cameAlong ?? false
    const checks = checkIssued({
      certificate: match.leaf,
      chain,
      complete,
      keySpki: match.spki,
      requested: match.identity?.subject ?? null,
      keyCameAlong,
      namedIssuers: match.identity?.namedIssuers ?? [],
      now: clock.now(),
    })
    const identity = match.identity ?? newIdentity(match)
    const sha256 = certificateSha256(match.leaf)
    // A renewed issuer makes another chain of the same length. A shorter one says less than what is on file.
    const isSameChain = chain.map(certificateSha256).join() === identity.chain.join()
    const isKnown = isSameChain || chain.length < identity.chain.length
    const unchanged = identity.certificate === sha256 && isKnown && identity.keyInVault
    if (!unchanged) {
      await refuseOlder(identity, match.leaf)
      const done = await perform(identity, match, {
        leaf: certificateRow(match.leaf),
        chain: chain.map(certificateRow),
        origin: isPractice(match.leaf) ? 'practice' : origin,
        signal,
      })
      if (!done) return 'overtaken'
    }
    const summary = await database.identities.summary(identity.id)
    if (summary === null) throw new AppError('not-found')
    return { kind: 'imported', identity: summarise(summary, clock.now()), checks, keyCameAlong, unchanged }
  }

  /** False when the match was no longer true once it was our turn; nothing was changed then. */
  async function perform(identity: IdentityRow, match: Match, issued: CertificateToFile): Promise<boolean> {
    const { leaf, chain, origin, signal } = issued
    const newRow = match.identity === null
    const { key } = match
    const sealsKey = key !== null && (newRow || !identity.keyInVault)
    const payload: Payload = { identity: identity.id, newIdentity: newRow, newKey: sealsKey }
    const overtaken = new Error('Another import finished first.')
    const steps: Step<Payload>[] = [
      {
        name: 'match',
        async run() {
          if (!(await isStillTrue(match, identity))) throw overtaken
        },
      },
    ]
    if (sealsKey) {
      await requireUnlocked(vault)
      steps.push({ name: 'secret', run: () => vault.seal('private-key', identity.id, key.pkcs8), undo: takeBack })
    }
    steps.push({
      name: 'record',
      async run() {
        if (newRow) await database.identities.insert(identity)
        else if (sealsKey) await database.identities.setKeyInVault(identity.id, true)
        await database.identities.setCertificate(
          identity.id,
          leaf,
          chain,
          origin === 'practice',
          clock.now().toISOString(),
        )
      },
      undo: takeBack,
    })
    try {
      const isChainAlone = identity.certificate === leaf.sha256 && !sealsKey
      const sentence = isChainAlone ? 'The issuers that are sent with it were updated.' : `Issued by ${leaf.issuer}.`
      const thing = { identity: identity.id }
      const line = () => ({ kind: 'certificate-imported', about: identity.name, sentence, thing }) as const
      await importing.perform(payload, steps, { signal, line })
    } catch (error) {
      if (error === overtaken) return false
      throw error
    }
    return true
  }

  async function isStillTrue({ identity: seen }: Match, { keySha256: key }: IdentityRow): Promise<boolean> {
    const present = await database.identities.findByKey(key)
    if (present === null || seen === null) return present === seen
    const same = present.id === seen.id && present.keyInVault === seen.keyInVault
    return same && present.certificate === seen.certificate && present.chain.join() === seen.chain.join()
  }

  /** Idempotent, and careful: only what this import brought, and never confirmed, goes. */
  async function takeBack({ identity, newIdentity: isNew, newKey }: Payload): Promise<void> {
    const row = await database.identities.get(identity)
    const keyIsConfirmed = row?.keyInVault && !(isNew && row.certificate === null)
    if (isNew && row !== null && row.certificate === null) await database.identities.delete(identity)
    if (newKey && !keyIsConfirmed) await vault.delete('private-key', identity)
  }

  function newIdentity({ spki, leaf }: Match): IdentityRow {
    const view = viewCertificate(leaf)
    return {
      id: IdentityId.parse(random.uuid()),
      name: certificateName(view),
      algorithm: describeKey(spki),
      keyCode: keyCodeOf(spki),
      keySha256: keySha256(spki),
      subject: null,
      alternativeNames: view.alternativeNames,
      requestDer: null,
      keyInVault: true,
      practice: false,
      createdAt: clock.now().toISOString(),
      certificate: null,
      chain: [],
      tags: [],
      note: '',
      namedIssuers: [],
    }
  }

  /** A certificate that ends sooner than the one on file is nearly always the wrong file picked by accident. */
  async function refuseOlder(identity: IdentityRow, leaf: Uint8Array): Promise<void> {
    if (identity.certificate === null || identity.certificate === certificateSha256(leaf)) return
    const present = await database.certificates.get(identity.certificate)
    if (present !== null && present.notAfter > viewCertificate(leaf).notAfter) throw new AppError('already-issued')
  }

  return { file }
}

export type Filer = ReturnType<typeof createFiler>

/** Also when it arrives as a file, for example through the CLI. Another CA of that name only loses trust by it. */
const isPractice = (der: Uint8Array) => viewCertificate(der).issuer === practiceIssuer
