import { createStore } from '../../../store'
import type { Protection } from './typed-protection'

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

/** Those of this window, by their runs: whoever leaves the screen comes back to them. */
export const proofs = createStore<Partial<Record<string, Proof>>>({})

export const sentences = {
  request: 'The private key stays on this computer.',
  sign: 'The certificate is under Certificates.',
} as const

/** How far it had come before the window was opened. */
export function earlierProof({ proof: { identity, isSigned, installedIn, report } }: Protection): Proof {
  const done = (sentence: string): StepOutcome => ({ state: 'done', sentence })
  const steps: Proof['steps'] = {
    ...(identity === null ? {} : { request: done(sentences.request) }),
    ...(isSigned ? { sign: done(sentences.sign) } : {}),
    ...(installedIn === null ? {} : { install: done(`It was in ${installedIn}, with its key, at the last check.`) }),
    ...(report === null ? {} : { test: { state: report.isProven ? 'done' : 'failed', sentence: report.sentence } }),
  }
  return { identity, isSigned, steps, report: report?.id ?? null, isProven: report?.isProven ?? false, error: null }
}
