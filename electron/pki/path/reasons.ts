import { AsnConvert } from '@peculiar/asn1-schema'
import { Name } from '@peculiar/asn1-x509'
import { neutralise } from '#shared/logic/neutralise'
import type { PathReason, PathRule } from '#shared/model/path'
import { commonNameOf, describeName } from '../names'
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
export const nameInWords = (name: DistinguishedName): string =>
  spelled(name, (parsed) => commonNameOf(parsed) ?? describeName(parsed))

/** For names that may differ beyond their Common Names. */
export const wholeName = (name: DistinguishedName): string => spelled(name, describeName)

function spelled({ raw }: DistinguishedName, spell: (name: Name) => string): string {
  try {
    return spell(AsnConvert.parse(raw, Name))
  } catch {
    return 'a name that cannot be read'
  }
}

/** `2027-01-01 12:00:00 UTC` */
export const inWords = (date: Date): string => `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`
