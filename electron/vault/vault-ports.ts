export type KeyringAnswer<T> = { kind: 'answer'; value: T } | { kind: 'locked' | 'unavailable'; reason: string }

/** The operating system's credential store. "No such entry" is an answer (null); locked and unavailable never are. */
export interface Keyring {
  /** As the person knows it. */
  readonly name: string
  get(account: string): Promise<KeyringAnswer<string | null>>
  set(account: string, value: string): Promise<KeyringAnswer<true>>
  delete(account: string): Promise<KeyringAnswer<boolean>>
}
