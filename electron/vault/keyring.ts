import { createQueue } from '#electron/platform/queue'
import { isAppError } from '#shared/errors'

export type KeyringAnswer<T> = { kind: 'answer'; value: T } | { kind: 'locked' | 'unavailable'; reason: string }

/** The operating system's credential store. "No such entry" is an answer (null); locked and unavailable never are. */
export interface Keyring {
  /** As the person knows it. */
  readonly name: string
  get(account: string): Promise<KeyringAnswer<string | null>>
  set(account: string, value: string): Promise<KeyringAnswer<true>>
  delete(account: string): Promise<KeyringAnswer<boolean>>
}

const service = 'Latchkey'

/** A locked keyring asks the person on its own; after this long we go on and say that it is locked. */
const patienceMs = 20_000

type Keytar = typeof import('keytar')

/** Keychain, Credential Manager or Secret Service through keytar; loaded when first needed. */
export function createKeyring(): Keyring {
  const patiently = createPatience(patienceMs)

  async function attempt<T>(act: (keytar: Keytar, isWanted: IsWanted) => Promise<T>): Promise<KeyringAnswer<T>> {
    try {
      const loaded = await import('keytar')
      const keytar: Keytar = 'default' in loaded ? (loaded.default as Keytar) : loaded
      return { kind: 'answer', value: await patiently((isWanted) => act(keytar, isWanted)) }
    } catch (error) {
      if (isAppError(error)) throw error
      return refusal(error instanceof Error ? error.message : String(error))
    }
  }

  let proofs = 0

  /**
   * libsecret answers "no such entry" when a person dismisses the prompt of a locked keyring (seen with gnome-keyring
   * 42), so nothing is believed missing before the keyring has kept and given back an entry of its own.
   */
  async function getProven(keytar: Keytar, account: string, isWanted: IsWanted): Promise<string | null> {
    const found = await keytar.getPassword(service, account)
    if (found !== null || !isWanted()) return found
    proofs += 1
    const proof = `proof:${process.pid}:${proofs}`
    await keytar.setPassword(service, proof, 'open')
    const given = await keytar.getPassword(service, proof)
    await keytar.deletePassword(service, proof)
    if (given !== 'open') throw new Error('The keyring is locked or keeps nothing.')
    // The keyring may have been opened only by the second prompt.
    return keytar.getPassword(service, account)
  }

  return {
    name: keyringName(),
    get: (account) => attempt((keytar, isWanted) => getProven(keytar, account, isWanted)),
    set: (account, value) => attempt((keytar) => keytar.setPassword(service, account, value).then(() => true as const)),
    delete: (account) => attempt((keytar) => keytar.deletePassword(service, account)),
  }
}

/** LATCHKEY_KEYRING=none: machines without a session, where the passphrase is the only way. */
export function noKeyring(name: string): Keyring {
  const refuse = async () =>
    ({ kind: 'unavailable', reason: 'The keyring is switched off (LATCHKEY_KEYRING=none).' }) as const
  return { name, get: refuse, set: refuse, delete: refuse }
}

/** As the person of this system knows it. */
export function keyringName(): string {
  switch (process.platform) {
    case 'darwin':
      return 'Keychain'
    case 'win32':
      return 'Credential Manager'
    default:
      return 'keyring'
  }
}

/** The messages are libsecret's and Apple's own; what is not recognised counts as unavailable, never as "no key". */
function refusal(message: string): { kind: 'locked' | 'unavailable'; reason: string } {
  const locked = /locked|prompt was dismissed|user interaction is not allowed|canceled|denied/iu.test(message)
  return { kind: locked ? 'locked' : 'unavailable', reason: message.split('\n')[0] ?? '' }
}

/** Whether the caller still waits; what is only done for its sake can be left out otherwise. */
export type IsWanted = () => boolean

/**
 * Native keyring calls one after the other, each waited for only so long. A call behind an unanswered prompt cannot be
 * taken back and blocks one of libuv's four threads; a fourth such call would stop every file access. So while one is
 * overdue, nothing further is started.
 */
export function createPatience(patienceMs: number) {
  const queue = createQueue()
  let isOverdue = false

  return async function patiently<T>(act: (isWanted: IsWanted) => Promise<T>): Promise<T> {
    if (isOverdue) throw new Error('The keyring is still waiting for its prompt to be answered: locked.')
    let isWanted = true
    let hasBegun = false
    const call = queue.run(async () => {
      if (!isWanted) throw new Error('Nothing is waiting for this any more.')
      hasBegun = true
      return act(() => isWanted)
    })
    let timer: NodeJS.Timeout | undefined
    const patience = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        isWanted = false
        if (hasBegun) {
          isOverdue = true
          void queue.settled().then(() => {
            isOverdue = false
          })
        }
        reject(new Error('The keyring did not answer: locked.'))
      }, patienceMs)
    })
    try {
      return await Promise.race([call, patience])
    } finally {
      clearTimeout(timer)
    }
  }
}
