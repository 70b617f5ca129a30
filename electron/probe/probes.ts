import type { Clock } from '#electron/platform/clock'
import { systemResolver } from '#electron/platform/resolver'
import type { BrowserVisitor } from './browser'
import { createBrowserProbe } from './browser-probe'
import { createDirectProbe } from './direct'
import { withApplicationAnswer } from './metadata'
import type { Probe, TokenKeys } from './probe'
import { systemRoots } from './roots'
import { createRootsWithStore, type RootStore, withRootStore } from './store-roots'

export interface ProbeTools {
  tokenKeys: TokenKeys
  clock: Clock
  /** Null where the system's roots are in files, which need no asking. */
  rootStore: RootStore | null
}

/** Reads what all tests need. */
export function prepareProbes(): void {
  systemRoots()
}

/** The connection test with our own connections, the system's resolver and the system's roots. */
export function directProbe(tools: ProbeTools): Probe {
  const { rootStore, clock } = tools
  const stored = rootStore === null ? null : createRootsWithStore(systemRoots, rootStore, clock)
  const dependencies = { ...tools, resolver: systemResolver, roots: stored?.roots ?? systemRoots }
  const probe = createDirectProbe(dependencies)
  return withApplicationAnswer(stored === null ? probe : withRootStore(probe, stored), dependencies)
}

/** The same test with a browser's engine; the application's own answer is still asked for directly. */
export function browserProbe(tools: ProbeTools, visitor: BrowserVisitor): Probe {
  const dependencies = { ...tools, resolver: systemResolver, roots: systemRoots }
  return withApplicationAnswer(createBrowserProbe({ ...tools, visitor }), dependencies)
}
