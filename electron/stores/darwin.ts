import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Run } from '#electron/platform/run'
import { AppError, isAppError } from '#shared/errors'
import { StoreId } from '#shared/model/ids'
import type { StoreState, TrustState } from '#shared/model/store'
import type { Undo, UndoStep } from '#shared/model/undo'
import {
  haveSameKey,
  isCompleteChain,
  issuersOf,
  keychainKeyLabel,
  requireCertificate,
  type StoreCertificate,
  whyNotTrust,
} from './certificate'
import { createKeychain, type KeychainCertificate } from './keychain'
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

const id = StoreId.parse('macos-login')

const notSet: TrustState = { state: 'not-set', reason: null }

/** Browsers that are allowed to use the key; the first use still asks, because partitions differ. */
const browsers = ['Google Chrome', 'Safari', 'Microsoft Edge', 'Brave Browser', 'Chromium'].map(
  (name) => `/Applications/${name}.app`,
)

export interface DarwinStoreOptions {
  run: Run
  home: string
  temporaryPrefix: string
  /** Applications that may use the key; only existing ones can be named. */
  applications?: readonly string[]
}

/**
 * The login Keychain of macOS, read by Safari, Chrome, Edge and Electron. Trust is set for exactly one leaf, and only when
 * that opens no hole (`whyNotTrust`); a root is trusted only when the whole issuer is asked for.
 */
export function createDarwinStore(options: DarwinStoreOptions): CertificateStore {
  const path = join(options.home, 'Library', 'Keychains', 'login.keychain-db')
  const keychain = createKeychain({ run: options.run, path, temporaryPrefix: options.temporaryPrefix })

  async function readBack(sha256: string): Promise<StoredIdentity | null> {
    const all = await keychain.certificates()
    const certificate = all.find((one) => one.sha256 === sha256)
    return certificate === undefined ? null : describeIdentity(certificate, all)
  }

  /** Those certificates of the key of `wanted` that are `meant`, and the key itself unless another one uses it. */
  async function takeOut(wanted: StoreCertificate, meant: (one: StoreCertificate) => boolean): Promise<RemovedKey> {
    const all = await keychain.certificates()
    const targets = all.filter((one) => haveSameKey(one, wanted) && meant(one))
    const isShared = all.some((one) => haveSameKey(one, wanted) && !meant(one))
    const key = isShared ? null : await findKey(wanted, targets)
    if (key !== null) {
      // `security` deletes a key only together with a certificate, so an orphaned key gets its own back first.
      if (targets.length === 0) await keychain.addCertificate(wanted.der)
      await keychain.delete((targets[0] ?? wanted).sha1, true)
    }
    for (const { sha1 } of key === null ? targets : targets.slice(1)) await keychain.delete(sha1, false)
    const left = await keychain.certificates()
    if (left.some((one) => haveSameKey(one, wanted) && meant(one))) throw new AppError('certificate-still-there')
    if (key !== null) {
      const isGone = async () => key.isListed && !(await keychain.privateKeys()).has(key.label)
      await confirmKeyGone(
        isGone,
        `Look in Keychain Access under Keys for one with the application label ${key.label}.`,
      )
    }
    return {
      certificates: targets.map((one) => describeIdentity(one, all)),
      privateKey: key === null ? 'absent' : 'removed',
    }
  }

  /** `isListed`: it was seen under its label, so that its absence later means that it is gone. */
  async function findKey(wanted: StoreCertificate, targets: readonly KeychainCertificate[]) {
    const label = keychainKeyLabel(wanted.publicKey)
    if (label === null) return null
    const isListed = (await keychain.privateKeys()).has(label)
    return isListed || targets.some((one) => one.keyPresent) ? { label, isListed } : null
  }

  async function removeExactly(sha256: string): Promise<void> {
    const target = (await keychain.certificates()).find((one) => one.sha256 === sha256)
    if (target !== undefined) await takeOut(target, (one) => one.sha256 === sha256)
  }

  /** Steps may come from a record that somebody else wrote: they only ever take away what an install adds. */
  async function undoStep(step: UndoStep): Promise<void> {
    if (step.kind === 'remove-identity') return await removeExactly(step.sha256)
    const all = await keychain.certificates()
    const target = all.find((one) => one.sha256 === step.sha256)
    if (target === undefined) return
    switch (step.kind) {
      case 'restore-trust':
        return target.trusted ? await keychain.removeTrust(target.der) : undefined
      case 'restore-certificate':
        return // The Keychain loses no bystanders, so there is none to bring back.
      case 'remove-certificate':
        // With its key it is somebody's own certificate, and no issuer that was added.
        if (!target.keyPresent) await takeOutIssuer(target, step.identity, all)
    }
  }

  async function takeOutIssuer(
    target: KeychainCertificate,
    identity: string | undefined,
    all: KeychainCertificate[],
  ): Promise<void> {
    const isNeeded = all.some(
      (one) => one.keyPresent && one.sha256 !== identity && issuersOf(one, all).includes(target),
    )
    // An issuer that another certificate still needs stays for its chain; its trust has its own step.
    if (!isNeeded) await keychain.delete(target.sha1, false)
  }

  async function undo(undo: Undo): Promise<UnrestoredTrust[]> {
    for (const step of [...undo.steps].reverse()) await undoStep(step)
    return []
  }

  /** Adds `issuers` that are not there. */
  async function addIssuers(issuers: StoreCertificate[], identity: string, note: NoteUndo): Promise<void> {
    const present = new Set((await keychain.certificates()).map((one) => one.sha256))
    for (const issuer of issuers.filter((one) => !present.has(one.sha256))) {
      await note({ kind: 'remove-certificate', sha256: issuer.sha256, label: issuer.commonName, identity })
      await keychain.addCertificate(issuer.der)
    }
  }

  async function trust(certificate: StoreCertificate, note: NoteUndo): Promise<void> {
    const find = async () => (await keychain.certificates()).find((one) => one.sha256 === certificate.sha256)
    if ((await find())?.trusted === true) return
    await note({ kind: 'restore-trust', sha256: certificate.sha256, label: certificate.commonName, flags: ',,' })
    await keychain.trust(certificate)
    if ((await find())?.trusted !== true)
      throw new AppError('store-not-confirmed', 'The certificate is not shown as trusted after the change.')
  }

  return {
    id,

    async describe() {
      const problem = await keychain.certificates().then(() => null, problemOf)
      const present = existsSync(path)
      return {
        id,
        kind: 'macos',
        name: 'login Keychain',
        readBy: readers,
        present,
        writable: problem === null,
        problem,
      }
    },

    async list() {
      const all = await keychain.certificates()
      return all.filter((one) => one.keyPresent).map((one) => describeIdentity(one, all))
    },

    find: readBack,

    async keysOf(certificates) {
      const [all, labels] = [await keychain.certificates(), await keychain.privateKeys()]
      return certificates.map(requireCertificate).map((wanted) => {
        const found = all.filter((one) => haveSameKey(one, wanted))
        const isThere =
          labels.has(keychainKeyLabel(wanted.publicKey) ?? '') || found.some(({ keyPresent }) => keyPresent)
        return {
          certificates: found.map((one) => describeIdentity(one, all)),
          privateKey: isThere ? 'present' : 'absent',
        }
      })
    },

    async install(p12, password, { certificate }, note = unnoted) {
      const wanted = requireCertificate(certificate)
      const { sha256 } = wanted
      const before = await readBack(sha256)
      if (before?.keyPresent === true) return
      await note({ kind: 'remove-identity', sha256 })
      await keychain.importPkcs12(p12, password, (options.applications ?? browsers).filter(existsSync))
      if ((await readBack(sha256))?.keyPresent !== true) {
        if (before === null) await takeOut(wanted, (one) => one.sha256 === sha256)
        throw importNotConfirmed()
      }
    },

    async setTrust({ certificate, chain }, wanted, note = unnoted) {
      if (wanted === 'none') return notSet
      const leaf = requireCertificate(certificate)
      const issuers = chain.map(requireCertificate)
      const intermediates = issuers.filter((one) => !one.selfSigned)
      await addIssuers(intermediates, leaf.sha256, note)
      if (wanted === 'certificate') {
        const reason = whyNotTrust(leaf)
        if (reason !== null) return { state: 'withheld', reason }
        await trust(leaf, note)
        return trusted
      }
      const known = [...issuers, ...(await keychain.certificates())]
      const root = issuersOf(leaf, known).find((one) => one.selfSigned)
      if (root === undefined) return rootMissing
      await addIssuers([root], leaf.sha256, note)
      await trust(root, note)
      return trusted
    },

    async removeCertificate(certificate) {
      const wanted = requireCertificate(certificate)
      await takeOut(wanted, (one) => one.sha256 === wanted.sha256)
    },

    removeKey: (certificate) => takeOut(requireCertificate(certificate), () => true),
    undo,
  }
}

const readers = ['Safari', 'Google Chrome', 'Microsoft Edge', 'Brave', 'Latchkey']

function describeIdentity(certificate: KeychainCertificate, all: readonly KeychainCertificate[]): StoredIdentity {
  const issuers = issuersOf(certificate, all)
  const isTrusted = certificate.trusted || isTrustedByRoot(issuers, (root) => root.trusted)
  return {
    ...describeCertificate(certificate),
    label: certificate.commonName,
    keyPresent: certificate.keyPresent,
    chainPresent: isCompleteChain(certificate, issuers),
    issuers: issuers.map(({ sha256 }) => sha256),
    chain: [certificate, ...issuers].map(({ der }) => der),
    trust: isTrusted ? trusted : notSet,
  }
}

function problemOf(error: unknown): StoreState['problem'] {
  if (!isAppError(error)) throw error
  if (error.code === 'store-locked') {
    return { code: error.code, remedy: 'Unlock the login Keychain in the Keychain Access app, then try again.' }
  }
  if (error.code === 'store-tool-missing') {
    return { code: error.code, remedy: 'The “security” command is part of macOS, but was not found.' }
  }
  return { code: error.code, remedy: 'Open the Keychain Access app, check that “login” is listed, then try again.' }
}
