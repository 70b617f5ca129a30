import { createStore } from '../../../store'

/** From an applied plan to a proof, in order. */
export const proofSteps = ['request', 'sign', 'install', 'test'] as const
export type ProofStep = (typeof proofSteps)[number]

export interface StepOutcome {
  state: 'running' | 'done' | 'failed'
  sentence: string
}

export interface Proof {
  /** Made in the first step; a second try goes on with it. */
  identity: string | null
  isSigned: boolean
  steps: Partial<Record<ProofStep, StepOutcome>>
  report: string | null
  isProven: boolean
  /** Of the last try. */
  error: unknown
}

export const noProof: Proof = { identity: null, isSigned: false, steps: {}, report: null, isProven: false, error: null }

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
  /** How far the proof has come: whoever leaves the screen comes back to it. */
  proof: Proof
}

/** It waits while the person goes elsewhere. */
export const protectedSite = createStore<ProtectedSite | null>(null)
