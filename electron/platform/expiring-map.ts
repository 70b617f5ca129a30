import type { Clock } from './clock'

export interface ExpiringMapOptions<Id, Value> {
  newId(): Id
  clock: Clock
  lifetimeMs: number
  /** For a value that has expired or was cleared, not for one that was taken out. */
  onDrop?(id: Id, value: Value): void
}

/** Values that wait under an id that was handed out: in memory only, and for a limited time. */
export function createExpiringMap<Id, Value>({ newId, clock, lifetimeMs, onDrop }: ExpiringMapOptions<Id, Value>) {
  const entries = new Map<Id, { value: Value; expires: number }>()

  function drop(id: Id, value: Value): void {
    entries.delete(id)
    onDrop?.(id, value)
  }

  function dropExpired(): void {
    const now = clock.now().getTime()
    for (const [id, { value, expires }] of entries) if (expires < now) drop(id, value)
  }

  return {
    put(value: Value): Id {
      dropExpired()
      const id = newId()
      entries.set(id, { value, expires: clock.now().getTime() + lifetimeMs })
      return id
    },
    /** Null for an id that was never given out, has expired or was taken out. */
    get(id: Id): Value | null {
      dropExpired()
      return entries.get(id)?.value ?? null
    },
    takeOut: (id: Id): void => void entries.delete(id),
    clear(): void {
      for (const [id, { value }] of entries) drop(id, value)
    },
  }
}
