import { AppError, isAppError } from '#shared/errors'
import { StoreId } from '#shared/model/ids'
import type { StoreState, TrustState } from '#shared/model/store'
import type { Undo, UndoStep } from '#shared/model/undo'
import { haveSameKey, isCompleteChain, issuersOf, requireCertificate } from './certificate'
import {
  type CertificateStore,
  describeCertificate,
  importNotConfirmed,
  isTrustedByRoot,
  type RemovedKey,
  rootMissing,
  type StoredIdentity,
  trusted,
  type UnrestoredTrust,
  unnoted,
} from './store'
import { windowsApi } from './win32-api'
import { createWindowsCertificates, type WindowsCertificate, type WindowsCertificates } from './win32-certificates'

const id = StoreId.parse('windows-user')

const noTrustNeeded: TrustState = {
  state: 'not-needed',
  reason: 'Windows presents a certificate without it being trusted; its issuers are kept beside it.',
}

/**
 * The current user's certificate store of Windows, read by Chrome, Edge and Electron. Identities go to MY, intermediates
 * to CA, and a root to Root only when the whole issuer is to be trusted (Windows then asks the user; refusing gives
 * 'trust-cancelled'). Calls block while Windows shows that question.
 */
export function createWindowsStore(
  open: () => Promise<WindowsCertificates> = async () => createWindowsCertificates(await windowsApi()),
): CertificateStore {
  async function readBack(sha256: string): Promise<StoredIdentity | null> {
    const windows = await open()
    const certificate = windows.list('MY').find((one) => one.sha256 === sha256)
    return certificate === undefined ? null : describeIdentity(windows)(certificate)
  }

  async function removeExactly(sha256: string): Promise<void> {
    const windows = await open()
    const all = windows.list('MY')
    const target = all.find((one) => one.sha256 === sha256)
    if (target === undefined) return
    const keyIsShared = all.some((one) => one !== target && one.keyPresent && one.container === target.container)
    windows.delete('MY', sha256, !keyIsShared)
    if ((await readBack(sha256)) !== null) throw new AppError('certificate-still-there')
  }

  /** Each import brings a key container of its own, so every certificate takes the one that it names along. */
  async function removeKey(certificate: Uint8Array): Promise<RemovedKey> {
    const windows = await open()
    const wanted = requireCertificate(certificate)
    const ofKey = () => windows.list('MY').filter((one) => haveSameKey(one, wanted))
    const targets = ofKey()
    const certificates = targets.map(describeIdentity(windows))
    for (const { sha256 } of targets) windows.delete('MY', sha256, true)
    if (ofKey().length > 0) throw new AppError('certificate-still-there')
    if (targets.length === 0) return { certificates, privateKey: 'unknown' }
    return { certificates, privateKey: targets.some((one) => one.keyPresent) ? 'removed' : 'absent' }
  }

  /** Steps may come from a record that somebody else wrote: they only ever take away what an install adds. */
  async function undoStep(step: UndoStep): Promise<void> {
    switch (step.kind) {
      case 'remove-identity':
        return await removeExactly(step.sha256)
      case 'restore-trust':
      case 'restore-certificate':
        return // This store changes nothing that was there before.
      case 'remove-certificate':
        return await takeOutIssuer(step.sha256, step.label === 'Root' ? 'Root' : 'CA', step.identity)
    }
  }

  async function takeOutIssuer(sha256: string, name: 'CA' | 'Root', identity: string | undefined): Promise<void> {
    const windows = await open()
    const identities = windows.list('MY').filter((one) => one.keyPresent)
    const issuers = [...windows.list('CA'), ...windows.list('Root')]
    const target = windows.list(name).find((one) => one.sha256 === sha256)
    // With its key it is somebody's own certificate, and no issuer that was added.
    if (target === undefined || target.keyPresent) return
    const others = identities.filter((one) => one.sha256 !== identity)
    // An intermediate that another certificate still needs stays; trust in a root never outlives what it was given for.
    if (name === 'CA' && others.some((one) => issuersOf(one, issuers).some((issuer) => issuer.sha256 === sha256)))
      return
    asTrust(() => windows.delete(name, sha256, false))
  }

  async function undo(undo: Undo): Promise<UnrestoredTrust[]> {
    for (const step of [...undo.steps].reverse()) await undoStep(step)
    return []
  }

  return {
    id,

    async describe() {
      const problem = await open().then(
        (windows) => problemOf(windows),
        () => unavailable('The Windows certificate functions could not be loaded.'),
      )
      const name = 'Windows certificate store'
      return { id, kind: 'windows', name, readBy: readers, present: true, writable: problem === null, problem }
    },

    async list() {
      const windows = await open()
      return windows
        .list('MY')
        .filter((one) => one.keyPresent || one.container !== '')
        .map(describeIdentity(windows))
    },

    find: readBack,

    async keysOf(certificates) {
      const windows = await open()
      const [all, describeOne] = [windows.list('MY'), describeIdentity(windows)]
      return certificates.map(requireCertificate).map((wanted) => {
        const found = all.filter((one) => haveSameKey(one, wanted))
        return {
          certificates: found.map(describeOne),
          privateKey: found.some((one) => one.keyPresent) ? 'present' : found.length === 0 ? 'unknown' : 'absent',
        }
      })
    },

    async install(p12, password, { certificate, label }, note = unnoted) {
      const { sha256 } = requireCertificate(certificate)
      const windows = await open()
      const before = await readBack(sha256)
      if (before?.keyPresent === true) return
      await note({ kind: 'remove-identity', sha256 })
      windows.importIdentity(p12, password, sha256, label)
      if ((await readBack(sha256))?.keyPresent !== true) {
        if (before === null) await removeExactly(sha256)
        throw importNotConfirmed()
      }
    },

    async setTrust({ certificate, chain }, trust, note = unnoted) {
      if (trust === 'none') return noTrustNeeded
      const windows = await open()
      const leaf = requireCertificate(certificate)
      const issuers = chain.map(requireCertificate)
      const add = async (name: 'CA' | 'Root', one: { der: Uint8Array; sha256: string }) => {
        const isThere = () => windows.list(name).some((other) => other.sha256 === one.sha256)
        if (isThere()) return
        await note({ kind: 'remove-certificate', sha256: one.sha256, label: name, identity: leaf.sha256 })
        asTrust(() => windows.add(name, one.der))
        if (!isThere()) throw new AppError('store-not-confirmed', `The issuer is not in ${name} after the change.`)
      }
      for (const issuer of issuers.filter((one) => !one.selfSigned)) await add('CA', issuer)
      if (trust === 'certificate') return noTrustNeeded
      const root = issuersOf(leaf, [...issuers, ...windows.list('CA')]).find((one) => one.selfSigned)
      if (root === undefined) return rootMissing
      await add('Root', root)
      return trusted
    },

    removeCertificate: (certificate) => removeExactly(requireCertificate(certificate).sha256),
    removeKey,
    undo,
  }
}

const readers = ['Google Chrome', 'Microsoft Edge', 'Brave', 'Latchkey']

function problemOf(windows: WindowsCertificates): StoreState['problem'] {
  try {
    windows.list('MY')
    return null
  } catch (error) {
    if (!isAppError(error)) throw error
    return unavailable(error.detail ?? error.code)
  }
}

function unavailable(detail: string): StoreState['problem'] {
  return { code: 'store-unavailable', remedy: `Sign out of Windows and in again, then try once more. (${detail})` }
}

function describeIdentity(windows: WindowsCertificates): (certificate: WindowsCertificate) => StoredIdentity {
  const roots = windows.list('Root')
  const candidates = [...windows.list('CA'), ...roots]
  return (certificate) => {
    const issuers = issuersOf(certificate, candidates)
    const isTrusted = isTrustedByRoot(issuers, (root) => roots.some((one) => one.sha256 === root.sha256))
    return {
      ...describeCertificate(certificate),
      label: certificate.friendlyName || certificate.commonName,
      keyPresent: certificate.keyPresent,
      chainPresent: isCompleteChain(certificate, issuers),
      issuers: issuers.map(({ sha256 }) => sha256),
      chain: [certificate, ...issuers].map(({ der }) => der),
      trust: isTrusted ? trusted : noTrustNeeded,
    }
  }
}

/** The question that Windows asks here is about trust, so refusing it is 'trust-cancelled'. */
function asTrust(work: () => void): void {
  try {
    work()
  } catch (error) {
    if (isAppError(error, 'store-cancelled')) throw new AppError('trust-cancelled', error.detail, { cause: error })
    throw error
  }
}
