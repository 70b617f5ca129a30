import { AppError } from '#shared/errors'
import type { StoreId } from '#shared/model/ids'
import type { StoreState, TrustState } from '#shared/model/store'
import type { Undo, UndoStep } from '#shared/model/undo'
import { isCompleteChain, issuersOf, requireCertificate, type StoreCertificate } from './certificate'
import type { NssCertificate, NssDatabase } from './nss'
import { hasClientTrust, settableFlags, withClientTrust } from './nss-output'
import { type CertificateStore, keeping, type NoteUndo, type StoredIdentity, unnoted } from './store'

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
const rootMissing: TrustState = {
  state: 'withheld',
  reason: 'The root certificate of the issuer is not in the chain, so there is nothing to trust.',
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
    const all = await database.certificates()
    const target = all.find((one) => one.sha256 === sha256)
    if (target === undefined) return
    const keyIsShared = all.some((one) => one !== target && one.keyId === target.keyId)
    if (target.keyId !== null && target.keyPresent && !keyIsShared) await database.deleteKey(target.keyId)
    await database.deleteCertificate(target, note)
    const left = await database.certificates()
    if (left.some((one) => one.sha256 === sha256)) {
      throw new AppError('store-not-confirmed', 'The certificate is still there.')
    }
    await removeOurIssuers(issuersOf(target, all), left, note)
  }

  /** Issuers that we added (their nickname says so) go with the last certificate that needed them, and so does their trust. */
  async function removeOurIssuers(issuers: NssCertificate[], left: NssCertificate[], note: NoteUndo): Promise<void> {
    for (const issuer of issuers) {
      const isNeeded = left.some(
        (one) => one.keyPresent && issuersOf(one, left).some(({ sha256 }) => sha256 === issuer.sha256),
      )
      if (issuer.nickname === nicknameFor(issuer) && !issuer.keyPresent && !isNeeded)
        await database.deleteCertificate(issuer, note)
    }
  }

  /** Adds `certificate` or changes its flags. */
  async function setFlags(
    certificate: StoreCertificate,
    existing: NssCertificate | undefined,
    flags: string,
    identity: string,
    note: NoteUndo,
  ): Promise<void> {
    if (existing !== undefined && settableFlags(existing.flags) === flags) return
    const { sha256 } = certificate
    const label = existing?.nickname ?? nicknameFor(certificate)
    await note(
      existing === undefined
        ? { kind: 'remove-certificate', sha256, label, identity }
        : { kind: 'restore-trust', sha256, label, flags: settableFlags(existing.flags) },
    )
    await database.addCertificate(certificate.der, label, flags)
  }

  async function undoStep(step: Undo['steps'][number]): Promise<void> {
    if (step.kind === 'remove-identity') return await removeExactly(step.sha256, unnoted)
    const all = await database.certificates()
    const target = all.find((one) => one.sha256 === step.sha256)
    if (step.kind === 'restore-certificate') {
      if (target === undefined)
        await database.addCertificate(Buffer.from(step.base64, 'base64'), step.label, step.flags)
      return
    }
    if (target === undefined) return
    if (step.kind === 'restore-trust') return await database.addCertificate(target.der, target.nickname, step.flags)
    const isNeeded = all.some(
      (one) => one.keyPresent && one.sha256 !== step.identity && issuersOf(one, all).includes(target),
    )
    // An issuer that another certificate still needs stays for its chain, but keeps no trust that we gave it.
    if (isNeeded) await database.addCertificate(target.der, target.nickname, ',,')
    else await database.deleteCertificate(target, unnoted)
  }

  async function undo(undo: Undo): Promise<void> {
    if (undo.steps.length === 0) return
    await requireUsable()
    for (const step of [...undo.steps].reverse()) await undoStep(step)
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

    async install(p12, password, { certificate: der }, note = unnoted) {
      const certificate = requireCertificate(der)
      await requireUsable()
      await database.create()
      const before = await readBack(certificate.sha256)
      if (before?.keyPresent === true) return { store: id, steps: [] }
      const step: UndoStep = { kind: 'remove-identity', sha256: certificate.sha256 }
      await note(step)
      await database.importPkcs12(p12, password)
      const after = await readBack(certificate.sha256)
      if (after?.keyPresent !== true) {
        if (before === null) await removeExactly(certificate.sha256, unnoted)
        throw new AppError('store-not-confirmed', 'The certificate and its key were not both found after the import.')
      }
      return { store: id, steps: [step] }
    },

    async setTrust({ certificate: der, chain }, trust, note = unnoted) {
      if (trust === 'none') return { undo: { store: id, steps: [] }, trust: noTrustNeeded }
      const leaf = requireCertificate(der)
      await requireUsable()
      await database.create()
      const issuers = chain.map(requireCertificate)
      const all = await database.certificates()
      const existing = (one: StoreCertificate) => all.find((other) => other.sha256 === one.sha256)
      const { steps, noted } = keeping(note)
      try {
        for (const issuer of issuers.filter((one) => !one.selfSigned && existing(one) === undefined)) {
          await setFlags(issuer, undefined, ',,', leaf.sha256, noted)
        }
        const root = issuersOf(leaf, [...issuers, ...all]).find((one) => one.selfSigned)
        if (trust === 'authority' && root !== undefined) {
          const present = existing(root)
          await setFlags(root, present, withClientTrust(present?.flags ?? ',,'), leaf.sha256, noted)
        }
        if (trust === 'certificate') return { undo: { store: id, steps }, trust: noTrustNeeded }
        if (root === undefined) return { undo: { store: id, steps }, trust: rootMissing }
        const confirmed = (await database.certificates()).find((one) => one.sha256 === root.sha256)
        if (confirmed === undefined || !hasClientTrust(confirmed.flags)) {
          throw new AppError('store-not-confirmed', 'The issuer is not shown as trusted after the change.')
        }
        return { undo: { store: id, steps }, trust: { state: 'trusted', reason: null } }
      } catch (error) {
        await undo({ store: id, steps })
        throw error
      }
    },

    async remove(sha256, note = unnoted) {
      if (!(await database.exists())) return
      await requireUsable()
      await removeExactly(sha256, note)
    },

    undo,
  }
}

function describeIdentity(certificate: NssCertificate, all: readonly NssCertificate[]): StoredIdentity {
  const issuers = issuersOf(certificate, all)
  const chain = new Set(issuers.map((one) => one.sha256))
  const isTrusted = all.some((one) => chain.has(one.sha256) && one.selfSigned && hasClientTrust(one.flags))
  return {
    sha256: certificate.sha256,
    label: certificate.nickname,
    keyPresent: certificate.keyPresent,
    chainPresent: isCompleteChain(certificate, issuers),
    trust: isTrusted ? { state: 'trusted', reason: null } : noTrustNeeded,
  }
}

/** Unlike the plain name, this cannot collide with another issuer's nickname, which NSS refuses. */
function nicknameFor(certificate: StoreCertificate): string {
  return `${certificate.commonName} (${certificate.sha256.slice(0, 8)})`
}

async function lockedProblem(database: NssDatabase): Promise<StoreState['problem']> {
  if (!(await database.isLocked())) return null
  return {
    code: 'store-locked',
    remedy:
      'This browser profile has a primary password. Remove the password, install the certificate, then set it again.',
  }
}
