import type { VerdictKind } from '../model/probe'

/** The verdicts that need a refusal without a certificate, and none with it (`test/verdict-kind.ts`). */
const gated: readonly VerdictKind[] = ['let-in', 'let-in-without-cookie', 'login-next']

/** Whether the test has shown that the site tells visitors apart by their certificates. */
export const isGated = (kind: VerdictKind): boolean => gated.includes(kind)

/** Whether it has also shown that the certificate alone is enough, without a login. */
export const isProof = (kind: VerdictKind): boolean => isGated(kind) && kind !== 'login-next'
