import { AppError } from '#shared/errors'
import type { StoreId } from '#shared/model/ids'
import type { StoreState, TrustState } from '#shared/model/store'
import type { Undo, UndoStep } from '#shared/model/undo'
import {
  haveSameKey,
  isCompleteChain,
  issuersOf,
  nssKeyId,
  requireCertificate,
  type StoreCertificate,
} from './certificate'
import type { NssCertificate, NssDatabase } from './nss'
import { clientTrust, hasClientTrust, hasServerTrust, noTrust, settableFlags } from './nss-flags'
import {
  type CertificateStore,
  confirmKeyGone,
  describeCertificate,
  importNotConfirmed,
  isTrustedByRoot,
  type NoteUndo,
  type RemovedKey,
  rootMissing,
  type StoredIdentity,
  trusted,
  type UnrestoredTrust,
  unnoted,
} from './store'

export interface NssStoreOptions {
  id: StoreId
  name: string
  readBy: string[]
  database: NssDatabase
  /** What stands in the way besides a missing tool or a primary password; null when nothing does. */
  problem(): Promise<StoreState['problem']>
  toolProblem(): Promise<StoreState['problem']>
}

const noTrustNeeded: TrustState = {
  state: 'not-needed',
  reason: 'Browsers on Linux present a certificate without it being trusted.',
}

/**
 * An NSS database (Chrome, Chromium, Electron, Firefox) as a certificate store.
 * Leaf `u,u,u`; intermediates `,,`; a root `T,,` (clients only, never `C`) and only when the whole issuer is asked for.
 */
export function createNssStore(options: NssStoreOptions): CertificateStore {
  const { id, database } = options

  async function requireUsable(): Promise<void> {
    const problem = (await options.toolProblem()) ?? (await options.problem())
    if (problem !== null) throw new AppError(problem.code, problem.remedy)
    if (await database.isLocked()) throw new AppError('store-locked', 'The database has a primary password.')
  }

  async function readBack(sha256: string): Promise<StoredIdentity | null> {
    const all = await database.certificates()
    const certificate = all.find((one) => one.sha256 === sha256)
    return certificate === undefined ? null : describeIdentity(certificate, all)
  }

  async function removeExactly(sha256: string, note: NoteUndo): Promise<void> {
    const target = (await database.certificates()).find((one) => one.sha256 === sha256)
    if (target !== undefined) await takeOut(target, (one) => one.sha256 === sha256, note)
  }

  /** Those certificates of the key of `wanted` that are `meant`, and the key itself unless another one uses it. */
  async function takeOut(
    wanted: StoreCertificate,
    meant: (one: StoreCertificate) => boolean,
    note: NoteUndo,
  ): Promise<RemovedKey> {
    const all = await database.certificates()
    const targets = all.filter((one) => haveSameKey(one, wanted) && meant(one))
    const isShared = all.some((one) => haveSameKey(one, wanted) && !meant(one))
    const keyId = nssKeyId(wanted.publicKey)
    const hadKey = keyId !== null && !isShared && (await database.keyIds()).has(keyId)
    if (hadKey) {
      await database.deleteKey(keyId)
      const isGone = async () => !(await database.keyIds()).has(keyId)
      await confirmKeyGone(isGone, `“certutil -K” still lists the key ${keyId}.`)
    }
    if (targets.length > 0) await database.deleteCertificates(targets, note)
    const left = await database.certificates()
    if (left.some((one) => haveSameKey(one, wanted) && meant(one))) throw new AppError('certificate-still-there')
    const issuers = [wanted, ...targets].flatMap((one) => issuersOf(one, all))
    await removeOurIssuers([...new Set(issuers)], left, note)
    return {
      certificates: targets.map((one) => describeIdentity(one, all)),
      privateKey: hadKey ? 'removed' : 'absent',
    }
  }

  /** Issuers that we added (their nickname says so) go with the last certificate that needed them, and so does their trust. */
  async function removeOurIssuers(issuers: NssCertificate[], left: NssCertificate[], note: NoteUndo): Promise<void> {
    for (const issuer of issuers) {
      const isNeeded = left.some(
        (one) => one.keyPresent && issuersOf(one, left).some(({ sha256 }) => sha256 === issuer.sha256),
      )
      const isOurs = isNamedByUs(issuer) && !issuer.keyPresent && !hasServerTrust(issuer.flags)
      if (isOurs && !isNeeded) await database.deleteCertificates([issuer], note)
    }
  }

  /** Adds an issuer, or lets one that is there vouch for clients. */
  async function bringIn(
    issuer: StoreCertificate,
    existing: NssCertificate | undefined,
    vouchesForClients: boolean,
    identity: string,
    note: NoteUndo,
  ): Promise<void> {
    const { sha256, der } = issuer
    if (existing === undefined) {
      const label = nicknameFor(issuer)
      await note({ kind: 'remove-certificate', sha256, label, identity })
      return await database.addCertificate(der, label, vouchesForClients ? clientTrust : noTrust)
    }
    if (!vouchesForClients || hasClientTrust(existing.flags)) return
    const { nickname, flags } = existing
    await note({ kind: 'restore-trust', sha256, label: nickname, flags: settableFlags(flags) })
    await database.setClientTrust(existing, true)
  }

  /** Steps may come from a record that somebody else wrote: they take away what an install adds, and vouch for no server. */
  async function undoStep(step: UndoStep): Promise<UnrestoredTrust | null> {
    const all = await database.certificates()
    const target = all.find((one) => one.sha256 === step.sha256)
    switch (step.kind) {
      case 'remove-identity':
        await removeExactly(step.sha256, unnoted)
        return null
      case 'restore-certificate':
        if (target !== undefined) return null
        return await database.restoreCertificate(Buffer.from(step.base64, 'base64'), step.label, step.flags)
      case 'restore-trust':
        // All that was ever changed is the trust for clients. What the step says of other flags is no reason to set them.
        if (target !== undefined && hasClientTrust(target.flags)) await database.setClientTrust(target, false)
        return null
      case 'remove-certificate':
        if (target !== undefined) await takeOutIssuer(target, step.identity, all)
        return null
    }
  }

  async function takeOutIssuer(
    target: NssCertificate,
    identity: string | undefined,
    all: NssCertificate[],
  ): Promise<void> {
    if (!wasAddedFor(target, identity, all)) return
    const isNeeded = all.some(
      (one) => one.keyPresent && one.sha256 !== identity && issuersOf(one, all).includes(target),
    )
    // Stays for the chain of another certificate, or because the person trusts it for servers; our own trust goes.
    if (!isNeeded && !hasServerTrust(target.flags)) await database.deleteCertificates([target], unnoted)
    else if (hasClientTrust(target.flags)) await database.setClientTrust(target, false)
  }

  async function undo(undo: Undo): Promise<UnrestoredTrust[]> {
    if (undo.steps.length === 0) return []
    await requireUsable()
    const unrestored: UnrestoredTrust[] = []
    for (const step of [...undo.steps].reverse()) {
      const left = await undoStep(step)
      if (left !== null) unrestored.push(left)
    }
    return unrestored
  }

  return {
    id,

    async describe() {
      const present = await database.exists()
      const toolProblem = await options.toolProblem()
      const problem = toolProblem ?? (await options.problem()) ?? (await lockedProblem(database))
      const writable = problem === null && (!present || (await database.isWritable()))
      return { id, kind: 'nss', name: options.name, readBy: options.readBy, present, writable, problem }
    },

    async list() {
      const all = await database.certificates()
      return all.filter((one) => one.keyPresent).map((one) => describeIdentity(one, all))
    },

    find: readBack,

    async keysOf(certificates) {
      const [all, keyIds] = [await database.certificates(), await database.keyIds()]
      return certificates.map(requireCertificate).map((wanted) => {
        const keyId = nssKeyId(wanted.publicKey)
        return {
          certificates: all.filter((one) => haveSameKey(one, wanted)).map((one) => describeIdentity(one, all)),
          privateKey: keyId !== null && keyIds.has(keyId) ? 'present' : 'absent',
        }
      })
    },

    async install(p12, password, { certificate: der }, note = unnoted) {
      const certificate = requireCertificate(der)
      await requireUsable()
      await database.create()
      const before = await readBack(certificate.sha256)
      if (before?.keyPresent === true) return
      await note({ kind: 'remove-identity', sha256: certificate.sha256 })
      await database.importPkcs12(p12, password)
      const after = await readBack(certificate.sha256)
      if (after?.keyPresent !== true) {
        if (before === null) await takeOut(certificate, (one) => one.sha256 === certificate.sha256, unnoted)
        throw importNotConfirmed()
      }
    },

    async setTrust({ certificate: der, chain }, trust, note = unnoted) {
      if (trust === 'none') return noTrustNeeded
      const leaf = requireCertificate(der)
      await requireUsable()
      await database.create()
      const issuers = chain.map(requireCertificate)
      const all = await database.certificates()
      const existing = (one: StoreCertificate) => all.find((other) => other.sha256 === one.sha256)
      for (const issuer of issuers.filter((one) => !one.selfSigned && existing(one) === undefined))
        await bringIn(issuer, undefined, false, leaf.sha256, note)
      if (trust === 'certificate') return noTrustNeeded
      const root = issuersOf(leaf, [...issuers, ...all]).find((one) => one.selfSigned)
      if (root === undefined) return rootMissing
      await bringIn(root, existing(root), true, leaf.sha256, note)
      const confirmed = (await database.certificates()).find((one) => one.sha256 === root.sha256)
      if (confirmed === undefined || !hasClientTrust(confirmed.flags)) {
        throw new AppError('store-not-confirmed', 'The root certificate is not shown as trusted after the change.')
      }
      return trusted
    },

    async removeCertificate(certificate, note = unnoted) {
      if (!(await database.exists())) return
      await requireUsable()
      const wanted = requireCertificate(certificate)
      await takeOut(wanted, (one) => one.sha256 === wanted.sha256, note)
    },

    async removeKey(certificate, note = unnoted) {
      if (!(await database.exists())) return { certificates: [], privateKey: 'absent' }
      await requireUsable()
      return await takeOut(requireCertificate(certificate), () => true, note)
    },

    undo,
  }
}

/** An issuer of the identity in question; where that is gone already, the nickname says whether it was ours. */
function wasAddedFor(target: NssCertificate, identity: string | undefined, all: NssCertificate[]): boolean {
  const leaf = all.find((one) => one.sha256 === identity)
  if (target.keyPresent) return false
  return leaf === undefined ? isNamedByUs(target) : issuersOf(leaf, all).includes(target)
}

function describeIdentity(certificate: NssCertificate, all: readonly NssCertificate[]): StoredIdentity {
  const issuers = issuersOf(certificate, all)
  return {
    ...describeCertificate(certificate),
    label: certificate.nickname,
    keyPresent: certificate.keyPresent,
    chainPresent: isCompleteChain(certificate, issuers),
    issuers: issuers.map(({ sha256 }) => sha256),
    chain: [certificate, ...issuers].map(({ der }) => der),
    trust: isTrustedByRoot(issuers, (root) => hasClientTrust(root.flags)) ? trusted : noTrustNeeded,
  }
}

/** Unlike the plain name, this cannot collide with another issuer's nickname, which NSS refuses. */
const nicknameFor = (certificate: StoreCertificate): string => `${certificate.commonName}${nicknameEnd(certificate)}`

const nicknameEnd = ({ sha256 }: StoreCertificate): string => ` (${sha256.slice(0, 8)})`

/** By its end alone: 0.1.0 spelt names with special characters in another way. */
const isNamedByUs = (certificate: NssCertificate): boolean => certificate.nickname.endsWith(nicknameEnd(certificate))

async function lockedProblem(database: NssDatabase): Promise<StoreState['problem']> {
  if (!(await database.isLocked())) return null
  return {
    code: 'store-locked',
    remedy:
      'This browser profile has a primary password. Remove the password, install the certificate, then set it again.',
  }
}
