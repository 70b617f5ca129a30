import type {
  BackupContents,
  KeptPart,
  RestoreChange,
  RestoredPart,
  RestoreReport,
  RestoreTally,
} from '../model/backup'
import { countOf, joinNames } from './formatting'

/** "3 certificates (2 private keys), 4 sites, 10 reports, 1 issuer (without its private key)". */
export function contentsWords(contents: BackupContents): string {
  const { certificates, keys, sites, reports, issuers, issuerKeys, setupKey } = contents
  const issuerWords = issuerKeys === 0 ? 'without private keys' : countOf(issuerKeys, 'private key')
  return joinNames([
    `${countOf(certificates, 'certificate')} (${countOf(keys, 'private key')})`,
    countOf(sites, 'site'),
    countOf(reports, 'report'),
    ...(issuers === 0 ? [] : [`${countOf(issuers, 'issuer')} (${issuerWords})`]),
    ...(setupKey ? ['the key that signs set-up files'] : []),
  ])
}

const MAX_NAMES = 5

/** The first few names, and how many more there are. */
function fewNames(names: string[]): string {
  const shown = names.slice(0, MAX_NAMES).map((name) => `“${name}”`)
  const more = names.length - shown.length
  return joinNames([...shown, ...(more > 0 ? [`${more} more`] : [])])
}

export const missingKeysWords = (names: string[]): string =>
  `The private ${names.length === 1 ? 'key' : 'keys'} of ${fewNames(names)} could not be found, and ${names.length === 1 ? 'is' : 'are'} not in the backup.`

/** Null where no issuer waits. */
export function waitingWords(names: string[]): string | null {
  if (names.length === 0) return null
  return names.length === 1
    ? `${fewNames(names)} needs its last revocation list (CRL) before it signs again.`
    : `${fewNames(names)} need their last revocation lists (CRLs) before they sign again.`
}

const kinds = [
  ['certificates', 'Certificates'],
  ['sites', 'Sites'],
  ['reports', 'Test reports'],
  ['activity', 'Activity'],
  ['issuers', 'Issuers'],
  ['templates', 'Templates for issuing'],
  ['issued', 'Issued certificates'],
  ['revocations', 'Revocations'],
] as const

/** What becomes of each kind of thing; kinds of which the backup has none are left out. */
export function tallyLines(report: RestoreReport): { what: string; words: string }[] {
  const lines = kinds.map(([kind, what]) => ({ what, words: tallyWords(report[kind]) }))
  const keys = [
    { what: 'Private keys', words: addedWords(report.keys) },
    { what: 'Private keys of issuers', words: addedWords(report.issuerKeys) },
    { what: 'Key of set-up files', words: report.setupKey === null ? '' : setupKeyWords[report.setupKey] },
  ]
  return [...lines, ...keys].filter(({ words }) => words !== '')
}

const setupKeyWords: Record<NonNullable<RestoreReport['setupKey']>, string> = {
  added: 'new',
  present: 'already here',
  kept: 'there is one here, and it stays',
}

const addedWords = (count: number): string => (count === 0 ? '' : `${count} new`)

function tallyWords({ added, completed, differing, present }: RestoreTally): string {
  const parts: [number, string][] = [
    [added, 'new'],
    [completed, 'completed'],
    [differing, 'different here, and left as they are'],
    [present, 'already here'],
  ]
  return parts
    .filter(([count]) => count > 0)
    .map(([count, words]) => `${count} ${words}`)
    .join(', ')
}

const addedParts: Record<RestoredPart, string> = {
  key: 'its private key',
  request: 'its request',
  certificate: 'its certificate',
  'newer-certificate': 'a newer certificate',
  chain: 'its issuers',
  renewal: 'which certificate it replaces',
  revocations: 'revocations',
  crl: 'a newer revocation list',
}

const keptParts: Record<KeptPart, string> = {
  name: 'name',
  certificate: 'certificate',
  settings: 'settings',
  serial: 'certificate with the same serial number',
}

/** "“Ada Lovelace”: its private key is added." */
export function changeWords({ name, added, kept }: RestoreChange): string {
  const additions = added.map((part) => addedParts[part])
  const sentences = [
    ...(additions.length === 0 ? [] : [`Added: ${joinNames(additions)}.`]),
    ...(kept.length === 0 ? [] : [`Different here, and kept: ${joinNames(kept.map((part) => keptParts[part]))}.`]),
  ]
  return `“${name}”: ${sentences.join(' ')}`
}
