import { useSyncExternalStore } from 'react'

/** State outside React: it outlives the component that shows it, and changes whether or not one does. */
export interface Store<State> {
  get(): State
  set(next: State): void
  /** Calls the listener after every change, until the returned function is called. */
  subscribe(listener: () => void): () => void
}

export function createStore<State>(initial: State): Store<State> {
  let state = initial
  const listeners = new Set<() => void>()
  return {
    get: () => state,
    set(next) {
      if (Object.is(next, state)) return
      state = next
      for (const listener of listeners) listener()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** The whole state, or the part that `select` takes out of it. The part must be the same object while nothing in it changes. */
export function useStore<State>(store: Store<State>): State
export function useStore<State, Part>(store: Store<State>, select: (state: State) => Part): Part
export function useStore<State>(store: Store<State>, select = (state: State): unknown => state): unknown {
  const part = () => select(store.get())
  return useSyncExternalStore(store.subscribe, part, part)
}
