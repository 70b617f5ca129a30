import { AppError } from '#shared/errors'
import { DAY_MS } from '#shared/logic/day'
import type { ObjectDetails } from '#shared/model/details'
import { hours } from './duration'

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
 * Writes `ca-csr.json` or `client-csr.json` with the subject, the key type and, for an issuer, the lifetime of a certificate or
 * request, for continuing with cfssl. Several values of one field become several `names`. Errors: `unsupported-algorithm`.
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

/** `ca-config.json` with a profile for client certificates. Unlike in the walkthrough, the default profile has usages. */
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

/** Turns "Issuer (CA), with at most 2 issuers below" and a lifetime into cfssl's `ca`. */
function authority(constraints: string, days: number): Record<string, unknown> {
  const length = /at most (\d+)/u.exec(constraints)?.[1]
  const expiry = hours(days * day)
  if (length === undefined) return { expiry }
  return length === '0' ? { expiry, pathlenzero: true } : { expiry, pathlen: Number(length) }
}

/** Turns "DNS: a.example" into `a.example`. Names of types that cfssl does not support are left out. */
const hostsIn = (words: string): string[] =>
  words.split('\n').flatMap((line) => /^(?:DNS|IP|E-mail|URI): (.+)$/u.exec(line)?.[1] ?? [])

/** Turns "RSA 4096" or "EC P-256" into cfssl's `key`. Errors: `unsupported-algorithm` for keys that cfssl cannot create. */
function cfsslKeyOf(words: string): { algo: string; size: number } {
  const [, kind, size] = /^(RSA|EC) (?:P-)?(\d+)$/u.exec(words) ?? []
  if (kind === undefined) throw new AppError('unsupported-algorithm', `cfssl cannot create keys of type ${words}.`)
  return { algo: kind === 'RSA' ? 'rsa' : 'ecdsa', size: Number(size) }
}

const moment = (words: string) => Date.parse(words.replace(' UTC', 'Z'))
const daysOf = (from: string, until: string) => Math.round((moment(until) - moment(from)) / DAY_MS)

const asJson = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`
