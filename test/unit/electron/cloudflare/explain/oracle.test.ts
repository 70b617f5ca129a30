import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { explain } from '#electron/cloudflare/explain/explain'
import type { Factor } from '#shared/model/access-explanation'
import { readAt } from '../../../../support/access-accounts'
import { type Ending, everyEnding } from '../../../../support/access-oracle'
import { anyAccount, anyAddress, anyVisitor, hostnames, paths } from '../../../../support/random-access-accounts'
import { isSoak } from '../../../../support/rounds'

/** Enough addresses to tell any two destinations apart. */
const universe = {
  hostnames: [...hostnames, 'c.acme.example', 'c.a.acme.example', 'c.other.example'],
  paths: [...paths, '/w', '/x/', '/x/w', '/x/w/y', '/xw/y', '/x/y/w', '/xw/v/y', '/z/', '/z/w'],
}
const seed = Number(process.env['LATCHKEY_SEED'] ?? 20_261_127)

const numRuns = isSoak ? 2_000 : 300

/** Whether the outcome follows from facts of these kinds alone: no two endings agree in them and differ in their outcome. */
function settles(factors: Factor[], endings: Ending[]): boolean {
  const differ = ({ facts: one }: Ending, { facts: other }: Ending) =>
    [...one].some(([key, { factor, value }]) => {
      const against = other.get(key)
      return factors.includes(factor) && against !== undefined && against.value !== value
    })
  const admitted = endings.filter(({ outcome }) => outcome === 'let-in').slice(0, 60)
  const refused = endings.filter(({ outcome }) => outcome === 'refused').slice(0, 60)
  return admitted.every((one) => refused.every((other) => differ(one, other)))
}

describe('who gets in, against an evaluator by brute force', () => {
  test(`is the same for random accounts with groups (LATCHKEY_SEED=${seed})`, () => {
    const seen = { 'let-in': 0, refused: 0, depends: 0 }
    fc.assert(
      fc.property(anyAccount, anyVisitor, anyAddress, (account, visitor, address) => {
        const endings = everyEnding(account, visitor, address, readAt, universe)
        const outcomes = new Set(endings.map(({ outcome }) => outcome))
        const [only] = outcomes
        const answer = explain(account, visitor, address, readAt)
        seen[answer.verdict] += 1
        expect(answer.verdict).toBe(outcomes.size === 1 ? only : 'depends')
        expect(settles(answer.dependsOn, endings)).toBe(true)
      }),
      { numRuns, seed },
    )
    // All three occur often, or the accounts would prove nothing.
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(numRuns / 20)
  })
})
