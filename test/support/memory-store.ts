import { createHash } from 'node:crypto'
import type { CertificateStore, NoteUndo, StoredIdentity } from '#electron/stores/store'
import { StoreId } from '#shared/model/ids'
import type { UndoStep } from '#shared/model/undo'

interface Entry {
  key: boolean
  trusted: boolean
}

const digest = (der: Uint8Array) => createHash('sha256').update(der).digest('hex')
const forever = new Promise<never>(() => {})

/**
 * A certificate store in memory that notes before it changes, as the real ones do. `dieAfter` names the change after which
 * the process is gone: the call never answers.
 */
export function memoryStore() {
  const id = StoreId.parse('nss-user')
  const entries = new Map<string, Entry>()
  let dieAfter: UndoStep['kind'] | null = null
  let tellDeath = () => {}
  const died = new Promise<void>((resolve) => {
    tellDeath = resolve
  })
  /** Goes with whatever is removed, as NSS does it with certificates of one key. */
  let bystander: string | null = null

  async function change(step: UndoStep, note: NoteUndo, work: () => void): Promise<void> {
    await note(step)
    work()
    if (dieAfter !== step.kind) return
    tellDeath()
    await forever
  }

  const view = (sha256: string, entry: Entry): StoredIdentity => ({
    sha256,
    label: sha256.slice(0, 8),
    keyPresent: entry.key,
    chainPresent: true,
    trust: { state: entry.trusted ? 'trusted' : 'not-set', reason: null },
  })

  function takeBack(step: UndoStep): void {
    const entry = entries.get(step.sha256)
    if (step.kind === 'restore-trust' && entry !== undefined) entry.trusted = false
    if (step.kind === 'restore-certificate' && entry === undefined)
      entries.set(step.sha256, { key: false, trusted: false })
    if (step.kind === 'remove-identity' || step.kind === 'remove-certificate') entries.delete(step.sha256)
  }

  const store: CertificateStore = {
    id,
    describe: async () => ({ id, kind: 'nss', name: 'Test', readBy: [], present: true, writable: true, problem: null }),
    list: async () => [...entries].map(([sha256, entry]) => view(sha256, entry)),
    find: async (sha256) => {
      const entry = entries.get(sha256)
      return entry === undefined ? null : view(sha256, entry)
    },
    async install(_p12, _password, { certificate }, note = async () => {}) {
      const sha256 = digest(certificate)
      const step: UndoStep = { kind: 'remove-identity', sha256 }
      if (entries.get(sha256)?.key !== true)
        await change(step, note, () => void entries.set(sha256, { key: true, trusted: false }))
      return { store: id, steps: [step] }
    },
    async setTrust({ chain }, trust, note = async () => {}) {
      const root = chain.at(-1)
      if (trust !== 'authority' || root === undefined)
        return { undo: { store: id, steps: [] }, trust: { state: 'not-set', reason: null } }
      const sha256 = digest(root)
      const there = entries.get(sha256)
      const step: UndoStep =
        there === undefined
          ? { kind: 'remove-certificate', sha256, label: 'root' }
          : { kind: 'restore-trust', sha256, label: 'root', flags: ',,' }
      await change(step, note, () => void entries.set(sha256, { key: false, trusted: true }))
      return { undo: { store: id, steps: [step] }, trust: { state: 'trusted', reason: null } }
    },
    async remove(sha256, note = async () => {}) {
      if (!entries.has(sha256)) return
      const lost = bystander
      if (lost === null) return void entries.delete(sha256)
      await change({ kind: 'restore-certificate', sha256: lost, label: '', flags: '', base64: '' }, note, () => {
        entries.delete(sha256)
        entries.delete(lost)
      })
      entries.set(lost, { key: false, trusted: false })
    },
    undo: async ({ steps }) => {
      for (const step of [...steps].reverse()) takeBack(step)
      return []
    },
  }

  return {
    store,
    put: (der: Uint8Array, entry: Partial<Entry> = {}) =>
      void entries.set(digest(der), { key: false, trusted: false, ...entry }),
    content: () => Object.fromEntries(entries),
    /** Resolves when the change has been made and the process is gone. */
    dieAfter: (kind: UndoStep['kind']) => {
      dieAfter = kind
      return died
    },
    liveAgain: () => {
      dieAfter = null
    },
    losesWithTheNext: (der: Uint8Array) => {
      bystander = digest(der)
    },
  }
}
