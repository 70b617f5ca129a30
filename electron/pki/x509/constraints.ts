import { type GeneralName, spellGeneralName } from './general-names'
import type { Effort } from './issued-by'
import type { Certificate } from './read'
import type { Subtrees } from './read-extensions'

/** What a certificate above says about the names below it. */
export interface ImposedConstraints {
  by: Certificate
  subtrees: Subtrees
}

/** A name that breaks a constraint, in words. */
export interface BrokenConstraint {
  by: Certificate
  evidence: string
}

/**
 * Every name of the certificate against every constraint above it (RFC 5280 §6.1.3 (b) and (c)): its subject, the e-mail
 * addresses inside the subject, and its alternative names. The Common Name is never taken for a host name: for a client
 * certificate it is a person's.
 */
export function brokenConstraints(
  certificate: Certificate,
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

function namesOf({ subject, extensions }: Certificate): GeneralName[] {
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

/** Whether `name` lies within the subtree `base` (RFC 5280 §4.2.1.10). Both are of the same kind; otherwise false. */
export function isWithin(name: GeneralName, base: GeneralName): boolean {
  if (name.kind === 'dns' && base.kind === 'dns') return dnsWithin(name.value, base.value)
  if (name.kind === 'email' && base.kind === 'email') return emailWithin(name.value, base.value)
  if (name.kind === 'uri' && base.kind === 'uri') return uriWithin(name.value, base.value)
  if (name.kind === 'ip' && base.kind === 'ip') return addressWithin(name.value, base.value)
  if (name.kind === 'directory' && base.kind === 'directory')
    return base.value.parts.every((part, index) => name.value.parts[index] === part)
  return false
}

/** Whether `name` could stand for something inside `base`: a wildcard may, without lying within it as a whole. */
export function mayReach(name: GeneralName, base: GeneralName): boolean {
  if (isWithin(name, base)) return true
  if (name.kind !== 'dns' || base.kind !== 'dns' || !name.value.startsWith('*.')) return false
  const [, ...parent] = base.value.toLowerCase().split('.')
  return parent.join('.') === name.value.slice(2).toLowerCase()
}

/** A name that cannot be taken apart cannot be judged, so it breaks every constraint of its kind. */
export function isReadable(name: GeneralName): boolean {
  switch (name.kind) {
    case 'dns':
      return /^[\x21-\x7e]+$/u.test(name.value) && !name.value.startsWith('.')
    case 'email':
      return splitEmail(name.value) !== null
    case 'uri':
      return hostOf(name.value) !== null
    case 'ip':
      return name.value.length === 4 || name.value.length === 16
    case 'directory':
      return true
    case 'other':
      return false
  }
}

/** "example.com" is itself and everything below it; ".example.com" only what is below; "" is everything. */
function dnsWithin(name: string, base: string): boolean {
  const [host, domain] = [withoutDot(name.toLowerCase()), withoutDot(base.toLowerCase())]
  if (domain === '') return true
  return domain.startsWith('.') ? host.endsWith(domain) : host === domain || host.endsWith(`.${domain}`)
}

const withoutDot = (name: string) => (name.endsWith('.') ? name.slice(0, -1) : name)

/** A host as URIs and mailboxes are constrained: ".example.com" is what is below, "example.com" that host alone. */
function hostWithin(host: string, base: string): boolean {
  const [name, domain] = [host.toLowerCase(), base.toLowerCase()]
  if (domain === '') return true
  return domain.startsWith('.') ? name.endsWith(domain) : name === domain
}

function emailWithin(name: string, base: string): boolean {
  const mailbox = splitEmail(name)
  if (mailbox === null) return false
  const wanted = splitEmail(base)
  if (wanted === null) return hostWithin(mailbox.host, base)
  // The part before the @ has case (RFC 5321 §2.4), the host has none.
  return wanted.local === mailbox.local && wanted.host.toLowerCase() === mailbox.host.toLowerCase()
}

function splitEmail(text: string): { local: string; host: string } | null {
  const at = text.lastIndexOf('@')
  const isMailbox = at > 0 && at < text.length - 1 && /^[\x21-\x7e]+$/u.test(text)
  return isMailbox ? { local: text.slice(0, at), host: text.slice(at + 1) } : null
}

function uriWithin(name: string, base: string): boolean {
  const host = hostOf(name)
  return host !== null && hostWithin(host, base)
}

/** The host name of a URI; null where there is none, or an address instead (RFC 5280 §4.2.1.10 refuses these). */
function hostOf(uri: string): string | null {
  const authority = /^[A-Za-z][A-Za-z0-9+.-]*:\/\/([^/?#]*)/u.exec(uri)?.[1]
  const host = authority?.replace(/^.*@/u, '').replace(/:\d*$/u, '')
  if (host === undefined || !/^[A-Za-z0-9._~%-]+$/u.test(host)) return null
  return /^[\d.]+$/u.test(host) ? null : withoutDot(host)
}

function addressWithin(address: Uint8Array, base: Uint8Array): boolean {
  const size = address.length
  if (base.length !== size * 2) return false
  return address.every((octet, index) => {
    const mask = base[size + index] ?? 0
    return (octet & mask) === ((base[index] ?? 0) & mask)
  })
}
