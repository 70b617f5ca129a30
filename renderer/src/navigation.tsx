import { createContext, type ReactNode, useContext, useMemo, useReducer } from 'react'
import type { Source } from './import/sources'

export const screens = ['certificates', 'connections', 'authorities', 'practice', 'activity', 'settings'] as const
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
  issuer: string | null
  issuerView: IssuerView
  /** Files with requests (CSRs) that were dropped for an issuer to sign. */
  requests: Source[]
}

/** What of an issuer is on the screen: itself, the certificates it has issued, or issuing. */
export type IssuerView = 'overview' | 'issued' | 'issue'

/** A window over the screen that any part of the app can open. */
export type Overlay =
  | 'new'
  | 'palette'
  | 'new-root'
  | 'issuer-set-up'
  | 'import-issuer'
  | 'connect-signer'
  | 'rebuild-issuer'

interface State {
  place: Place
  overlay: Overlay | null
  /** The name a new certificate starts with: that of the one it will replace. */
  suggestedName: string | null
}

interface Navigation extends State {
  go(to: Partial<Place>): void
  open(overlay: Overlay, suggestedName?: string): void
  /** Only if it is still the one that is open: an action of the palette may have opened another. */
  close(overlay: Overlay): void
}

export const start: Place = {
  screen: 'certificates',
  identity: null,
  host: null,
  report: null,
  testWith: null,
  issuer: null,
  issuerView: 'overview',
  requests: [],
}
const NavigationContext = createContext<Navigation | null>(null)

type Action = { go: Partial<Place> } | { open: Overlay; suggestedName: string | null } | { close: Overlay }

export function reduce(state: State, action: Action): State {
  if ('open' in action) return { ...state, overlay: action.open, suggestedName: action.suggestedName }
  if ('close' in action) return state.overlay === action.close ? { ...state, overlay: null } : state
  return { place: { ...state.place, ...action.go }, overlay: null, suggestedName: null }
}

export function NavigationProvider({ children }: { children: ReactNode }) {
  const [state, dispatch] = useReducer(reduce, { place: start, overlay: null, suggestedName: null })
  const actions = useMemo(
    () => ({
      go: (to: Partial<Place>) => dispatch({ go: to }),
      open: (overlay: Overlay, suggestedName = '') =>
        dispatch({ open: overlay, suggestedName: suggestedName === '' ? null : suggestedName }),
      close: (overlay: Overlay) => dispatch({ close: overlay }),
    }),
    [],
  )
  const value = useMemo(() => ({ ...state, ...actions }), [state, actions])
  return <NavigationContext value={value}>{children}</NavigationContext>
}

export function useNavigation(): Navigation {
  const navigation = useContext(NavigationContext)
  if (navigation === null) throw new Error('useNavigation outside NavigationProvider')
  return navigation
}
