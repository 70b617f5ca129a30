import { createHash } from 'node:crypto'
import { storeCertificate } from '#electron/stores/certificate'
import type { CertificateStore, NoteUndo, RemovedKey, StoredIdentity } from '#electron/stores/store'
import { AppError, type ErrorCode } from '#shared/errors'
import { StoreId } from '#shared/model/ids'
import type { UndoStep } from '#shared/model/undo'

interface Entry {
  /** What its public key is called here; a thing that is no certificate has none. */
  keyName: string | null
  trusted: boolean
}

const keyNameOf = (der: Uint8Array): string | null => {
  const spki = storeCertificate(der)?.publicKey?.export({ type: 'spki', format: 'der' })
  return spki === undefined ? null : digest(spki)
}
const digest = (der: Uint8Array) => createHash('sha256').update(der).digest('hex')
const forever = new Promise<never>(() => {})

/**
 * A certificate store in memory that notes before it changes, as the real ones do. `dieAfter` names the change after which
 * the process is gone: the call never answers.
 */
export function memoryStore(name = 'nss-user') {
  const id = StoreId.parse(name)
  const entries = new Map<string, Entry & { der: Uint8Array }>()
  const keys = new Set<string>()
  let keepsKeys = false
  let failsNext: ErrorCode | null = null
  let unreadable: ErrorCode | null = null
  let dieAfter: UndoStep['kind'] | null = null
  let tellDeath = () => {}
  const died = new Promise<void>((resolve) => {
    tellDeath = resolve
  })
  /** Goes with whatever is removed, as NSS does it with certificates of one key. */
  let bystander: Uint8Array | null = null

  async function change(step: UndoStep, note: NoteUndo, work: () => void): Promise<void> {
    await note(step)
    work()
    if (dieAfter !== step.kind) return
    tellDeath()
    await forever
  }

  const hasKey = ({ keyName }: Entry) => keyName !== null && keys.has(keyName)
  const add = (der: Uint8Array, trusted: boolean) =>
    void entries.set(digest(der), { der, keyName: keyNameOf(der), trusted })
  const ofKey = (keyName: string | null) => [...entries].filter(([, one]) => one.keyName === keyName)

  function view([sha256, entry]: [string, Entry & { der: Uint8Array }]): StoredIdentity {
    const certificate = storeCertificate(entry.der)
    return {
      sha256,
      label: sha256.slice(0, 8),
      commonName: certificate?.commonName ?? '',
      notBefore: certificate?.notBefore ?? null,
      notAfter: certificate?.notAfter ?? null,
      keyPresent: hasKey(entry),
      chainPresent: true,
      issuers: [],
      chain: [entry.der],
      trust: { state: entry.trusted ? 'trusted' : 'not-set', reason: null },
    }
  }

  async function takeOut(doomed: string[], keyName: string | null, note: NoteUndo): Promise<RemovedKey> {
    if (failsNext !== null) throw new AppError(failsNext)
    const certificates = [...entries].filter(([sha256]) => doomed.includes(sha256)).map(view)
    const isShared = ofKey(keyName).some(([sha256]) => !doomed.includes(sha256))
    const hadKey = keyName !== null && !isShared && keys.has(keyName)
    if (hadKey && keepsKeys) throw new AppError('key-not-confirmed')
    if (hadKey) keys.delete(keyName)
    const lost = certificates.length === 0 ? null : bystander
    const goes = () => {
      for (const sha256 of doomed) entries.delete(sha256)
      if (lost !== null) entries.delete(digest(lost))
    }
    if (lost === null) goes()
    else {
      await change({ kind: 'restore-certificate', ...restoring(lost) }, note, goes)
      add(lost, false)
    }
    return { certificates, privateKey: hadKey ? 'removed' : 'absent' }
  }

  function takeBack(step: UndoStep): void {
    const entry = entries.get(step.sha256)
    if (step.kind === 'restore-trust' && entry !== undefined) entry.trusted = false
    if (step.kind === 'restore-certificate' && entry === undefined) add(Buffer.from(step.base64, 'base64'), false)
    if (step.kind === 'remove-certificate') entries.delete(step.sha256)
  }

  const store: CertificateStore = {
    id,
    describe: async () => ({ id, kind: 'nss', name: 'Test', readBy: [], present: true, writable: true, problem: null }),
    list: async () => [...entries].map(view),
    find: async (sha256) => [...entries].filter(([one]) => one === sha256).map(view)[0] ?? null,
    keysOf: async (certificates) => {
      if (unreadable !== null) throw new AppError(unreadable)
      return certificates.map(keyNameOf).map((keyName) => ({
        certificates: ofKey(keyName).map(view),
        privateKey: keyName !== null && keys.has(keyName) ? 'present' : 'absent',
      }))
    },
    async install(_p12, _password, { certificate }, note = async () => {}) {
      const sha256 = digest(certificate)
      const step: UndoStep = { kind: 'remove-identity', sha256 }
      const there = entries.get(sha256)
      const bringIn = () => {
        add(certificate, false)
        keys.add(keyNameOf(certificate) ?? '')
      }
      if (there === undefined || !hasKey(there)) await change(step, note, bringIn)
    },
    async setTrust({ chain }, trust, note = async () => {}) {
      const root = chain.at(-1)
      if (trust !== 'authority' || root === undefined) return { state: 'not-set', reason: null }
      const sha256 = digest(root)
      const there = entries.get(sha256)
      const step: UndoStep =
        there === undefined
          ? { kind: 'remove-certificate', sha256, label: 'root' }
          : { kind: 'restore-trust', sha256, label: 'root', flags: ',,' }
      await change(step, note, () => add(root, true))
      return { state: 'trusted', reason: null }
    },
    removeCertificate: async (certificate, note = async () => {}) =>
      void (await takeOut([digest(certificate)], keyNameOf(certificate), note)),
    async removeKey(certificate, note = async () => {}) {
      const keyName = keyNameOf(certificate)
      return await takeOut(
        ofKey(keyName).map(([sha256]) => sha256),
        keyName,
        note,
      )
    },
    undo: async ({ steps }) => {
      for (const step of [...steps].reverse()) takeBack(step)
      return []
    },
  }

  return {
    store,
    put: (der: Uint8Array, { key = false, trusted = false } = {}) => {
      add(der, trusted)
      if (key) keys.add(keyNameOf(der) ?? '')
    },
    /** As somebody else does it. */
    takeAway: (der: Uint8Array, { key = false } = {}) => {
      entries.delete(digest(der))
      if (key) keys.delete(keyNameOf(der) ?? '')
    },
    content: () =>
      Object.fromEntries([...entries].map(([sha256, one]) => [sha256, { key: hasKey(one), trusted: one.trusted }])),
    keyCount: () => keys.size,
    /** Resolves when the change has been made and the process is gone. */
    dieAfter: (kind: UndoStep['kind']) => {
      dieAfter = kind
      return died
    },
    liveAgain: () => {
      dieAfter = null
    },
    losesWithTheNext: (der: Uint8Array) => {
      bystander = der
    },
    keepsKeys: (does: boolean) => {
      keepsKeys = does
    },
    cannotBeRead: (code: ErrorCode | null) => {
      unreadable = code
    },
    failsToRemove: (code: ErrorCode | null) => {
      failsNext = code
    },
  }
}

const restoring = (der: Uint8Array) => ({
  sha256: digest(der),
  label: '',
  flags: '',
  base64: Buffer.from(der).toString('base64'),
})
