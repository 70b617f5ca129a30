import { AppError } from '#shared/errors'
import type { ObjectDetails } from '#shared/model/details'
import { hours } from './duration'

const dayMs = 86_400_000
const day = 24

/** cfssl's name of each field of a subject. */
const nameFields: Record<string, string> = {
  'subject.country': 'C',
  'subject.state': 'ST',
  'subject.locality': 'L',
  'subject.organization': 'O',
  'subject.organizationalUnit': 'OU',
  'subject.email': 'E',
}

/**
 * `ca-csr.json` or `client-csr.json` for the subject, the key and, of an issuer, the lifetime that a certificate or request
 * has, so that somebody can go on with cfssl. Errors: `unsupported-algorithm`. Several values of one field become several `names`.
 */
export function csrFileFor(object: ObjectDetails): string {
  const fields = object.groups.flatMap((group) => group.fields)
  const value = (id: string) => fields.find((field) => field.id === id)?.value ?? ''
  const named = fields.flatMap(({ id, value: text }) => {
    const name = nameFields[id]
    return name === undefined ? [] : [{ name, text }]
  })
  const constraints = value('extension.2.5.29.19')
  const hosts = hostsIn(value('extension.2.5.29.17'))
  return asJson({
    CN: value('subject.commonName'),
    key: cfsslKeyOf(value('publicKey.algorithm')),
    names: entries(named),
    ...(hosts.length === 0 ? {} : { hosts }),
    ...(constraints.startsWith('Issuer')
      ? { ca: authority(constraints, daysOf(value('notBefore'), value('notAfter'))) }
      : {}),
  })
}

/** `ca-config.json` with the profile that client certificates need. Its default names usages, unlike the walkthrough's. */
export function configFileFor(days: number): string {
  const client = { usages: ['signing', 'client auth'], expiry: hours(days * day) }
  return asJson({ signing: { default: client, profiles: { client } } })
}

function entries(named: { name: string; text: string }[]): Record<string, string>[] {
  const all: Record<string, string>[] = []
  for (const { name, text } of named) {
    const free = all.find((entry) => entry[name] === undefined)
    if (free === undefined) all.push({ [name]: text })
    else free[name] = text
  }
  return all
}

/** "Issuer (CA), with at most 2 issuers below" and a lifetime → cfssl's `ca`. */
function authority(constraints: string, days: number): Record<string, unknown> {
  const length = /at most (\d+)/u.exec(constraints)?.[1]
  const expiry = hours(days * day)
  if (length === undefined) return { expiry }
  return length === '0' ? { expiry, pathlenzero: true } : { expiry, pathlen: Number(length) }
}

/** "DNS: a.example" → `a.example`; names that cfssl has no place for are left out. */
const hostsIn = (words: string): string[] =>
  words.split('\n').flatMap((line) => /^(?:DNS|IP|E-mail|URI): (.+)$/u.exec(line)?.[1] ?? [])

/** "RSA 4096", "EC P-256" → cfssl's way. Errors: `unsupported-algorithm` for keys that it cannot make. */
function cfsslKeyOf(words: string): { algo: string; size: number } {
  const [, kind, size] = /^(RSA|EC) (?:P-)?(\d+)$/u.exec(words) ?? []
  if (kind === undefined) throw new AppError('unsupported-algorithm', `cfssl cannot create keys of type ${words}.`)
  return { algo: kind === 'RSA' ? 'rsa' : 'ecdsa', size: Number(size) }
}

const moment = (words: string) => Date.parse(words.replace(' UTC', 'Z'))
const daysOf = (from: string, until: string) => Math.round((moment(until) - moment(from)) / dayMs)

const asJson = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`
