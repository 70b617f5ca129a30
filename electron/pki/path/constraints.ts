import type { PathCertificate } from './certificate'
import type { Subtrees } from './extensions'
import { type GeneralName, spellGeneralName } from './general-names'
import type { Effort } from './pool'
import { isReadable, isWithin, mayReach } from './subtrees'

/** What a certificate above says about the names below it. */
export interface ImposedConstraints {
  by: PathCertificate
  subtrees: Subtrees
}

/** A name that breaks a constraint, in words. */
export interface BrokenConstraint {
  by: PathCertificate
  evidence: string
}

/**
 * Every name of the certificate against every constraint above it (RFC 5280 §6.1.3 (b) and (c)): its subject, the e-mail
 * addresses inside the subject, and its alternative names. The Common Name is never taken for a host name: for a client
 * certificate it is a person's.
 */
export function brokenConstraints(
  certificate: PathCertificate,
  imposed: ImposedConstraints[],
  effort: Effort,
): BrokenConstraint[] {
  const names = namesOf(certificate)
  return imposed.flatMap(({ by, subtrees }) => {
    const { permitted, excluded } = subtrees
    // Names times constraints is what a hostile path could multiply.
    effort.comparisons -= names.length * (permitted.length + excluded.length)
    if (effort.comparisons < 0) return [{ by, evidence: 'Too many names and constraints to compare.' }]
    return names.flatMap((name) => {
      const evidence = breach(name, subtrees)
      return evidence === null ? [] : [{ by, evidence }]
    })
  })
}

function namesOf({ subject, extensions }: PathCertificate): GeneralName[] {
  const directory: GeneralName[] = subject.parts.length === 0 ? [] : [{ kind: 'directory', value: subject }]
  const emails = subject.emails.map((value): GeneralName => ({ kind: 'email', value }))
  return [...directory, ...emails, ...extensions.alternativeNames]
}

/** One set of constraints: a kind that it permits nothing of is not restricted by it. */
function breach(name: GeneralName, { permitted, excluded }: Subtrees): string | null {
  const allowed = permitted.filter((base) => isOfKind(name, base))
  const forbidden = excluded.filter((base) => isOfKind(name, base))
  if (allowed.length + forbidden.length === 0) return null
  if (!isReadable(name)) return `“${spellGeneralName(name)}” cannot be compared with the constraints.`
  if (forbidden.some((base) => mayReach(name, base))) return `“${spellGeneralName(name)}” is excluded.`
  if (allowed.length > 0 && !allowed.some((base) => isWithin(name, base)))
    return `“${spellGeneralName(name)}” is not among the permitted names.`
  return null
}

function isOfKind(name: GeneralName, base: GeneralName): boolean {
  return name.kind === 'other' ? base.kind === 'other' && base.value === name.value : name.kind === base.kind
}
