import { anyPolicy, type PolicyExtensions } from './policy-extensions'
import type { Certificate } from './read'

/** The policies that hold so far, each with those that may follow it below (expected_policy_set). Empty: none holds. */
type Level = ReadonlyMap<string, ReadonlySet<string>>

/** How many more certificates may come before a rule sets in (RFC 5280 §6.1.2 (d) to (f)). */
interface Countdown {
  explicit: number
  mapping: number
  any: number
}

/**
 * Whether a path that demands a certificate policy lacks one (RFC 5280 §6.1.3 (d) to (f), §6.1.4, §6.1.5), with any policy
 * for a user's choice and nothing demanded from the start. As in RFC 9618, each level knows its policies only, never the
 * ways to them: a tree of ways grows exponentially where hostile issuers want it to. Qualifiers are not looked at.
 * `path`: the certificate first, the anchor last. Returns the certificate at which the last policy was lost.
 */
export function missingPolicy(path: Certificate[]): Certificate | null {
  // Longer than the path, so that nothing is demanded before a certificate demands it.
  const start = path.length + 1
  const count = { explicit: start, mapping: start, any: start }
  let level: Level = new Map([[anyPolicy, new Set([anyPolicy])]])
  for (const [index, certificate] of [...path.entries()].reverse()) {
    const { isSelfIssued } = certificate
    const { policies } = certificate.extensions
    // The anchor is not part of the path that is validated (§6.1), and neither its policies nor its demands count.
    if (index === path.length - 1 && path.length > 1) continue
    level = asserted(level, policies, count.any > 0 || (isSelfIssued && index > 0))
    if (count.explicit === 0 && level.size === 0) return certificate
    if (index === 0) {
      const isDemanded = count.explicit <= 1 || policies.explicitAfter === 0
      return isDemanded && level.size === 0 ? certificate : null
    }
    level = mapped(level, policies, count.mapping > 0)
    if (!isSelfIssued) tick(count)
    limit(count, policies)
  }
  return null
}

/** §6.1.3 (d) and (e): what the certificate asserts, as far as the one above expected it. */
function asserted(above: Level, { asserted: own }: PolicyExtensions, anyCounts: boolean): Level {
  const below = new Map<string, Set<string>>()
  if (own === null) return below
  const expected = new Set([...above.values()].flatMap((set) => [...set]))
  for (const policy of own) {
    if (policy !== anyPolicy && (expected.has(policy) || above.has(anyPolicy))) below.set(policy, new Set([policy]))
  }
  if (own.includes(anyPolicy) && anyCounts) {
    for (const policy of expected) if (!below.has(policy)) below.set(policy, new Set([policy]))
  }
  return below
}

/** §6.1.4 (b): mapped policies expect their counterparts; where mapping is inhibited they end here. */
function mapped(level: Level, { mappings }: PolicyExtensions, isAllowed: boolean): Level {
  const next = new Map<string, Set<string>>()
  for (const { issuer, subject } of mappings) {
    const counterparts = next.get(issuer)
    if (counterparts !== undefined) counterparts.add(subject)
    else if (isAllowed && (level.has(issuer) || level.has(anyPolicy))) next.set(issuer, new Set([subject]))
  }
  const gone = new Set(mappings.map(({ issuer }) => issuer))
  return new Map([...[...level].filter(([policy]) => !gone.has(policy)), ...next])
}

/** §6.1.4 (h): self-issued certificates do not count. */
function tick(count: Countdown): void {
  count.explicit = Math.max(0, count.explicit - 1)
  count.mapping = Math.max(0, count.mapping - 1)
  count.any = Math.max(0, count.any - 1)
}

/** §6.1.4 (i) and (j). */
function limit(count: Countdown, policies: PolicyExtensions): void {
  count.explicit = Math.min(count.explicit, policies.explicitAfter ?? count.explicit)
  count.mapping = Math.min(count.mapping, policies.noMappingAfter ?? count.mapping)
  count.any = Math.min(count.any, policies.noAnyPolicyAfter ?? count.any)
}
