import type { SubjectDraft } from '#shared/model/identity'
import type { KeyAlgorithm } from '#shared/model/key'
import { hours } from './duration'
import { cfsslKeyOf } from './key-algorithm'

/** `ca-csr.json` or `client-csr.json` for the same subject and key, so that somebody can go on with cfssl. */
export function csrFileOf(subject: SubjectDraft, algorithm: KeyAlgorithm, days: number | null): string {
  const { commonName, country, state, locality, organization, organizationalUnit } = subject
  const name = { C: country, ST: state, L: locality, O: organization, OU: organizationalUnit }
  const filled = Object.fromEntries(Object.entries(name).filter(([, value]) => value !== ''))
  return asJson({
    CN: commonName,
    key: cfsslKeyOf(algorithm),
    names: Object.keys(filled).length === 0 ? [] : [filled],
    ...(days === null ? {} : { ca: { expiry: hours(days * 24) } }),
  })
}

/** `ca-config.json` with the one profile that client certificates need. Its default names usages, unlike the walkthrough's. */
export function configFileOf(days: number): string {
  const client = { usages: ['signing', 'client auth'], expiry: hours(days * 24) }
  return asJson({ signing: { default: client, profiles: { client } } })
}

const asJson = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`
