import { createContext, type ReactNode, useContext, useMemo, useReducer } from 'react'

export const screens = ['certificates', 'connections', 'practice', 'activity', 'settings'] as const
export type Screen = (typeof screens)[number]

/** Where the person is. Each screen keeps what was chosen there, so that going away and back loses nothing. */
export interface Place {
  screen: Screen
  identity: string | null
  host: string | null
  /** A kept report to show instead of the host's latest. */
  report: string | null
  /** The certificate to test with. */
  testWith: string | null
}

/** A window over the screen that any part of the app can open. */
export type Overlay = 'new' | 'import' | 'palette' | null

interface Navigation {
  place: Place
  overlay: Overlay
  go(to: Partial<Place>): void
  open(overlay: Overlay): void
}

const start: Place = { screen: 'certificates', identity: null, host: null, report: null, testWith: null }
const NavigationContext = createContext<Navigation | null>(null)

interface State {
  place: Place
  overlay: Overlay
}

export function reduce(state: State, action: { go: Partial<Place> } | { open: Overlay }): State {
  if ('open' in action) return { ...state, overlay: action.open }
  return { place: { ...state.place, ...action.go }, overlay: null }
}

export function NavigationProvider({ children }: { children: ReactNode }) {
  const [state, dispatch] = useReducer(reduce, { place: start, overlay: null })
  const value = useMemo<Navigation>(
    () => ({ ...state, go: (to) => dispatch({ go: to }), open: (overlay) => dispatch({ open: overlay }) }),
    [state],
  )
  return <NavigationContext value={value}>{children}</NavigationContext>
}

export function useNavigation(): Navigation {
  const navigation = useContext(NavigationContext)
  if (navigation === null) throw new Error('useNavigation outside NavigationProvider')
  return navigation
}
