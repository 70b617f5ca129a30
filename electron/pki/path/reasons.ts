import { neutralise } from '#shared/logic/neutralise'
import type { PathReason, PathRule } from '#shared/model/path'
import { readOnly } from '../der'
import { commonNameIn, nameLine } from '../describe/name'
import type { PathCertificate } from './certificate'
import type { DistinguishedName } from './name'

/** What stands against a certificate or path, and what is only worth saying. */
export interface Findings {
  reasons: PathReason[]
  notes: PathReason[]
}

/** `source` is the place in a standard; evidence may hold text from files and is neutralised here. */
export function reasonAbout(
  rule: PathRule,
  certificate: PathCertificate | null,
  evidence: string,
  source: string,
): PathReason {
  return {
    rule,
    certificate: certificate?.sha256 ?? null,
    about: certificate === null ? '' : nameInWords(certificate.subject),
    evidence: neutralise(evidence),
    source,
  }
}

/** The Common Name, or the whole name where there is none; neutralised. */
export const nameInWords = (name: DistinguishedName): string => commonNameIn(readOnly(name.raw)) ?? wholeName(name)

/** For names that may differ beyond their Common Names. */
export const wholeName = ({ raw }: DistinguishedName): string => nameLine(readOnly(raw), [])

/** `2027-01-01 12:00:00 UTC` */
export const inWords = (date: Date): string => `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`
