import { z } from 'zod'
import type { Operation, OperationKind, OperationSubject, Operations } from '#electron/services/operations'

export interface TestOperation {
  kind?: OperationKind
  subject?: OperationSubject
  recover?(payload: unknown): Promise<void>
}

/** An operation whose payload can be anything, under the name of a real one. */
export const defineOperation = <Payload>(
  operations: Operations,
  { kind = 'request', subject = 'identity', recover = async () => undefined }: TestOperation = {},
): Operation<Payload> =>
  operations.define({ kind, subject, payload: z.custom<Payload>(() => true), changes: ['identities'], recover })

/** Where a test does not look at the activity. */
export const line = () => ({ kind: 'request-made', about: 'Test', sentence: 'It was performed.' }) as const
