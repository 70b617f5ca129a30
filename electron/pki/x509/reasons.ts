import { neutralise } from '#shared/logic/neutralise'
import type { PathReason, PathRule } from '#shared/model/path'
import { titleOf } from './name'
import type { Certificate } from './read'

/** What stands against a certificate or path, and what is only worth saying. */
export interface Findings {
  reasons: PathReason[]
  notes: PathReason[]
}

/** `source` is the place in a standard; evidence may hold text from files and is neutralised here. */
export function reasonAbout(
  rule: PathRule,
  certificate: Certificate | null,
  evidence: string,
  source: string,
): PathReason {
  return {
    rule,
    certificate: certificate?.sha256 ?? null,
    about: certificate === null ? '' : titleOf(certificate.subject),
    evidence: neutralise(evidence),
    source,
  }
}
