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
  return brokenBy(namesOf(certificate), imposed, effort)
}

/**
 * What OpenSSL does besides, and RFC 5280 does not ask for: where no alternative name is a DNS name, a Common Name that looks
 * like a host is held against the constraints on DNS names (`NAME_CONSTRAINTS_check_CN`).
 */
export function excludedHostName(
  certificate: Certificate,
  imposed: ImposedConstraints[],
  effort: Effort,
): BrokenConstraint[] {
  const { subject, extensions } = certificate
  if (extensions.alternativeNames.some(({ kind }) => kind === 'dns')) return []
  const hosts = subject.commonNames.filter((name) => hostLike.test(name))
  return brokenBy(
    hosts.map((value) => ({ kind: 'dns', value })),
    imposed,
    effort,
  )
}

/** Labels with a dot between them: "Ada" is a person's. */
const hostLike = /^(?:\*\.)?[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)+$/iu

function brokenBy(names: GeneralName[], imposed: ImposedConstraints[], effort: Effort): BrokenConstraint[] {
  return imposed.flatMap(({ by, subtrees }) => {
    const { permitted, excluded } = subtrees
    // Names times constraints is what a hostile path could multiply.
    const comparisons = names.length * (permitted.length + excluded.length)
    effort.comparisons -= comparisons
    if (comparisons > MAX_COMPARISONS || effort.comparisons < 0)
      return [{ by, evidence: 'Too many names and constraints to compare.' }]
    return names.flatMap((name) => {
      const evidence = breach(name, subtrees)
      return evidence === null ? [] : [{ by, evidence }]
    })
  })
}

/** Of one certificate with one issuer's constraints: OpenSSL's limit (NAME_CHECK_MAX). */
const MAX_COMPARISONS = 2 ** 20

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
  const unusable = [...allowed, ...forbidden].find((base) => !isUsable(base))
  if (unusable !== undefined) return `The constraint “${spellGeneralName(unusable)}” cannot be applied.`
  if (forbidden.some((base) => mayReach(name, base))) return `“${spellGeneralName(name)}” is excluded.`
  if (allowed.length > 0 && !allowed.some((base) => isWithin(name, base)))
    return `“${spellGeneralName(name)}” is not among the permitted names.`
  return null
}

function isOfKind(name: GeneralName, base: GeneralName): boolean {
  // RFC 9598 §6: constraints on e-mail addresses hold for internationalised ones too.
  if (name.kind === 'utf8-email') return base.kind === 'email'
  return name.kind === 'other' ? base.kind === 'other' && base.value === name.value : name.kind === base.kind
}

/** Whether `name` lies within the subtree `base` (RFC 5280 §4.2.1.10). Both are of the same kind; otherwise false. */
export function isWithin(name: GeneralName, base: GeneralName): boolean {
  if (name.kind === 'dns' && base.kind === 'dns') return dnsWithin(name.value, base.value)
  if ((name.kind === 'email' || name.kind === 'utf8-email') && base.kind === 'email')
    return mailboxWithin(mailboxIn(name.value, name.kind), base.value)
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
    case 'utf8-email':
      return mailboxIn(name.value, name.kind) !== null
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

/** A constraint that says something: one that cannot be taken apart would exclude nothing, and permit nothing. */
function isUsable(base: GeneralName): boolean {
  switch (base.kind) {
    case 'dns':
    case 'uri':
      return hostConstraint.test(base.value)
    case 'email':
      return hostConstraint.test(base.value) || mailboxIn(base.value, 'email') !== null
    case 'ip':
      return base.value.length === 8 || base.value.length === 32
    case 'directory':
      return true
    case 'utf8-email':
    case 'other':
      return false
  }
}

const hostConstraint = /^[A-Za-z0-9._-]*$/u

interface Mailbox {
  local: string
  host: string
}

function mailboxWithin(mailbox: Mailbox | null, base: string): boolean {
  if (mailbox === null) return false
  const wanted = mailboxIn(base, 'email')
  if (wanted === null) return hostWithin(mailbox.host, base)
  // The part before the @ has case (RFC 5321 §2.4), the host has none.
  return wanted.local === mailbox.local && wanted.host.toLowerCase() === mailbox.host.toLowerCase()
}

/**
 * Null for what is no address: one @ stands in it, unless the part before it is quoted (RFC 5321 §4.1.2). Only an
 * internationalised address has other characters than ASCII, and in front of the @ alone (RFC 9598 §3).
 */
function mailboxIn(text: string, kind: 'email' | 'utf8-email'): Mailbox | null {
  const found = (kind === 'email' ? mailbox : utf8Mailbox).exec(text)
  const [, local, host] = found ?? []
  return local === undefined || host === undefined ? null : { local, host }
}

const mailbox = /^([\x21\x23-\x3f\x41-\x7e]+|"(?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\[\x20-\x7e])*")@([A-Za-z0-9._-]+)$/u
const utf8Mailbox = /^([^\p{Cc}\p{Z}"@\ufffd]+|"(?:[^\p{Cc}"\\\ufffd]|\\[^\p{Cc}\ufffd])*")@([A-Za-z0-9._-]+)$/u

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
