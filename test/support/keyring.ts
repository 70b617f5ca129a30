import type { Keyring, KeyringAnswer } from '#electron/vault/keyring'

/** A keyring in memory with the moods of a real one. Its entries may be shared, as two processes share one keyring. */
export function memoryKeyring(entries = new Map<string, string>()) {
  let mood: 'open' | 'locked' | 'unavailable' = 'open'
  let asked = 0
  async function answer<T>(act: () => T): Promise<KeyringAnswer<T>> {
    asked += 1
    if (mood !== 'open') return { kind: mood, reason: `The keyring is ${mood}.` }
    return { kind: 'answer', value: act() }
  }
  const keyring: Keyring = {
    name: 'test keyring',
    get: (account) => answer(() => entries.get(account) ?? null),
    set: (account, value) => answer(() => entries.set(account, value) && (true as const)),
    delete: (account) => answer(() => entries.delete(account)),
  }
  return {
    keyring,
    entries,
    become: (next: typeof mood) => {
      mood = next
    },
    timesAsked: () => asked,
  }
}
