import { createContext, type ReactNode, useContext, useMemo, useReducer } from 'react'
import type { SetupContent } from '#shared/model/setup-file'

const screens = [
  'certificates',
  'connections',
  'authorities',
  'access',
  'site-check',
  'practice',
  'activity',
  'settings',
] as const
export type Screen = (typeof screens)[number]

/** What a person calls each screen. */
export const screenNames: Readonly<Record<Screen, string>> = {
  certificates: 'Certificates',
  connections: 'Sites',
  authorities: 'Issuers',
  access: 'Access',
  'site-check': 'Check a site',
  practice: 'Practice',
  activity: 'Activity',
  settings: 'Settings',
}

/** What of an issuer is on the screen: itself, the certificates it has issued, or issuing. */
type IssuerView = 'overview' | 'issued' | 'issue'

/** What of Access is on the screen: the account, who gets in, a plan, or the roll-over of a CA. */
type AccessView = 'overview' | 'explain' | 'plan' | 'roll-over'
type AccessList = 'hostnames' | 'cas' | 'applications' | 'policies' | 'groups' | 'alerts'

/** What can be chosen on each screen. */
interface Choices {
  certificates: {
    identity: string | null
    /** The certificate for which the window to renew it is open. */
    renew: string | null
    /** The fingerprint of one that only a store of this computer has. It is shown unless one of Latchkey's own is chosen. */
    stored: string | null
  }
  connections: {
    host: string | null
    /** A kept report to show instead of the host's latest. */
    report: string | null
    /** The certificate to test with. */
    testWith: string | null
  }
  authorities: {
    issuer: string | null
    issuerView: IssuerView
    /** The files with requests (CSRs) that an issuer is to sign: see import/requests.ts. */
    requests: number | null
  }
  access: { view: AccessView; list: AccessList }
  'site-check': object
  practice: object
  activity: object
  /** The section to bring into sight. */
  settings: { section: 'about' | 'backup' | 'command-tool' | null }
}

/** Where the person is, and what was chosen there. */
type Place = { [S in Screen]: { screen: S } & Choices[S] }[Screen]

/** A screen, and what changes there; everything else is as it was when the person left it. */
type Destination = { [S in Screen]: { screen: S } & Partial<Choices[S]> }[Screen]

type Places = { [S in Screen]: Extract<Place, { screen: S }> }

/** A window over the screen that any part of the app can open. */
export type Overlay =
  | 'new'
  | 'palette'
  | 'add-site'
  | 'convert'
  | 'new-root'
  | 'issuer-set-up'
  | 'import-issuer'
  | 'connect-signer'
  | 'rebuild-issuer'
  | 'setup-file'

interface State {
  screen: Screen
  /** Each screen keeps its place, so that going away and back loses nothing. */
  places: Places
  overlay: Overlay | null
  /** The name a new certificate starts with: that of the one it will replace. */
  suggestedName: string | null
  /** The sites that wait for the new certificate. */
  awaitedBy: string[]
  /** The set-up file that fills in the new request. */
  setup: SetupContent | null
}

interface Navigation extends State {
  go(to: Destination): void
  /**
   * Changes what is chosen on a screen, when something that was begun there has ended: whoever has gone elsewhere meanwhile stays
   * there, and a window that was opened meanwhile stays open.
   */
  choose(on: Destination): void
  open(overlay: Overlay, suggestedName?: string, awaitedBy?: string[]): void
  /** The form for a new request, filled in by a set-up file. */
  openRequest(setup: SetupContent): void
  /** Only if it is still the one that is open: an action of the palette may have opened another. */
  close(overlay: Overlay): void
}

export const start: State = {
  screen: 'certificates',
  places: {
    certificates: { screen: 'certificates', identity: null, renew: null, stored: null },
    connections: { screen: 'connections', host: null, report: null, testWith: null },
    authorities: { screen: 'authorities', issuer: null, issuerView: 'overview', requests: null },
    access: { screen: 'access', view: 'overview', list: 'hostnames' },
    'site-check': { screen: 'site-check' },
    practice: { screen: 'practice' },
    activity: { screen: 'activity' },
    settings: { screen: 'settings', section: null },
  },
  overlay: null,
  suggestedName: null,
  awaitedBy: [],
  setup: null,
}
const NavigationContext = createContext<Navigation | null>(null)

type Action =
  | { go: Destination }
  | { choose: Destination }
  | { open: Overlay; suggestedName: string | null; awaitedBy?: string[]; setup?: SetupContent }
  | { close: Overlay }

export function reduce(state: State, action: Action): State {
  if ('open' in action)
    return {
      ...state,
      overlay: action.open,
      suggestedName: action.suggestedName,
      awaitedBy: action.awaitedBy ?? [],
      setup: action.setup ?? null,
    }
  if ('close' in action) return state.overlay === action.close ? { ...state, overlay: null } : state
  if ('choose' in action) return { ...state, places: placesWith(state, action.choose) }
  const { screen } = action.go
  return {
    screen,
    places: placesWith(state, action.go),
    overlay: null,
    suggestedName: null,
    awaitedBy: [],
    setup: null,
  }
}

function placesWith({ places }: State, changed: Destination): Places {
  const { screen } = changed
  // The window to renew one is for that one alone, and does not come back by itself.
  const here = screen === 'certificates' ? { ...places.certificates, renew: null } : places[screen]
  return { ...places, [screen]: { ...here, ...changed } }
}

export function NavigationProvider({ children }: { children: ReactNode }) {
  const [state, dispatch] = useReducer(reduce, start)
  const actions = useMemo(
    () => ({
      go: (to: Destination) => dispatch({ go: to }),
      choose: (on: Destination) => dispatch({ choose: on }),
      open: (overlay: Overlay, suggestedName = '', awaitedBy: string[] = []) =>
        dispatch({
          open: overlay,
          suggestedName: suggestedName === '' ? null : suggestedName,
          awaitedBy,
        }),
      openRequest: (setup: SetupContent) => dispatch({ open: 'new', suggestedName: null, setup }),
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

/** What was chosen on this screen, whichever is shown. */
export const usePlace = <S extends Screen>(screen: S): Places[S] => useNavigation().places[screen]
