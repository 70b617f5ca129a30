import { createStore } from '../../../store'

/** What “Protect a site” was asked, for the steps that follow its plan. */
export interface ProtectedSite {
  /** Of its plan and its run. */
  title: string
  hostname: string
  /** Empty for the whole hostname. */
  path: string
  /** The issuer of this computer whose CA it is, by its ID; null where the CA came from elsewhere. */
  issuer: string | null
  /** Whose certificate gets in; null where any valid one does. */
  name: string | null
}

/** It waits while the person goes elsewhere. */
export const protectedSite = createStore<ProtectedSite | null>(null)
