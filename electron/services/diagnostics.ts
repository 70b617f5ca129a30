import { release } from 'node:os'
import { thisBuild } from '#electron/platform/log'
import { type ErrorCode, isAppError } from '#shared/errors'
import type { Diagnostics, Runtime } from '#shared/model/diagnostics'
import type { PolicyState } from '#shared/model/policy'
import type { StoreState } from '#shared/model/store'
import type { VaultState } from '#shared/model/vault'

interface DiagnosticsPorts {
  vault: { state(): Promise<VaultState> }
  stores(): Promise<StoreState[]>
  policy(): PolicyState
  count(): Promise<{ certificates: number; sites: number; issuers: number }>
}

/** What is so here, part by part: one that cannot be read is the very reason to ask, and must not hide the others. */
export function createDiagnostics({ vault, stores, policy, count }: DiagnosticsPorts) {
  return async (runtime: Runtime): Promise<Diagnostics> => ({
    version: thisBuild().version,
    runtime,
    system: { platform: thisBuild().platform, release: release(), architecture: process.arch },
    vault: await orCode(async () => {
      const { keyringProblem: _words, ...state } = await vault.state()
      return state
    }),
    stores: (await stores()).map(({ kind, readBy, present, problem }) => ({
      kind,
      readBy,
      present,
      problem: problem?.code ?? null,
    })),
    policy: policyPart(policy()),
    records: await orCode(count),
  })
}

async function orCode<Part>(read: () => Promise<Part>): Promise<Part | { failed: ErrorCode }> {
  try {
    return await read()
  } catch (error) {
    if (isAppError(error)) return { failed: error.code }
    throw error
  }
}

/** Not where it was read: on macOS that names the account. */
const policyPart = (state: PolicyState): Diagnostics['policy'] =>
  state.kind === 'unusable' ? { kind: state.kind, why: state.why } : { kind: state.kind }
