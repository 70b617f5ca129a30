import { z } from 'zod'
import { AccessCaId, Md5 } from './access-account'
import { AccessRunId, Instant } from './ids'

/** Both CAs side by side; the old one off its hostnames, after a test with a certificate of each; the old one deleted. */
export const AccessRollOverStage = z.enum(['overlap', 'move', 'retire'])
export type AccessRollOverStage = z.infer<typeof AccessRollOverStage>

/** What the journal of a plan keeps of the roll-over that it is a part of. */
export const RollOverMark = z.strictObject({
  old: AccessCaId,
  next: z.strictObject({ name: z.string(), fingerprints: z.array(Md5).min(1) }),
  stage: AccessRollOverStage,
})
export type RollOverMark = z.infer<typeof RollOverMark>

/** What a test of one hostname with a certificate of one CA showed. */
export const RollOverTest = z.strictObject({
  hostname: z.string(),
  side: z.enum(['old', 'next']),
  outcome: z.enum(['let-in', 'not-let-in', 'not-tested']),
  words: z.string(),
})
export type RollOverTest = z.infer<typeof RollOverTest>

/** What the last tests of both CAs showed. They say nothing about what was changed since `testedAt`, when they began. */
export const RollOverTests = z.strictObject({ testedAt: Instant, tests: z.array(RollOverTest) })
export type RollOverTests = z.infer<typeof RollOverTests>

/** What is kept of them between two starts, with the two CAs that they are about. */
export const KeptRollOverTests = RollOverTests.extend({ version: z.literal(1), old: AccessCaId, next: AccessCaId })
export type KeptRollOverTests = z.infer<typeof KeptRollOverTests>

/** A roll-over as the journals and the account, as it was read last, say that it stands. */
export const AccessRollOver = z.strictObject({
  readAt: Instant,
  old: z.strictObject({ id: AccessCaId, name: z.string() }),
  /** `id`: null where Access does not have it. */
  next: z.strictObject({ id: AccessCaId.nullable(), name: z.string() }),
  /** Those of the old CA when the roll-over began, and any that it has got since. */
  hostnames: z.array(z.strictObject({ hostname: z.string(), hasOld: z.boolean(), hasNext: z.boolean() })),
  /** What is next: `move` begins with the tests. */
  step: z.enum([...AccessRollOverStage.options, 'done']),
  /** A plan of it that was begun and waits. */
  waiting: AccessRunId.nullable(),
  /** Null where these two CAs were not tested here. Of CAs that were taken off their hostname since, there is nothing. */
  tested: RollOverTests.nullable(),
})
export type AccessRollOver = z.infer<typeof AccessRollOver>
