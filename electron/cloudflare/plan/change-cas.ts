import { type AccessCa, AccessCaId, isPracticeAccount, type Md5 } from '#shared/model/access-account'
import type { AccessWish } from '#shared/model/access-wish'
import { addUnlessManaged, type Draft, oneNamed } from './draft'
import { identifyCa } from './identify-ca'
import { type CasByName, isManagedCa, isManagedHostname } from './managed'
import { readCa } from './read-ca'

/** The most that Access accepts. */
const MAX_CAS = 50

/** Those that Access has are recognised (`identify-ca.ts`); the others are uploaded. */
export function createCas(draft: Draft, wish: AccessWish, at: Date): CasByName {
  const found = new Map<string, AccessCaId>()
  for (const wished of wish.cas) {
    const id = 'pem' in wished ? uploadedCa(draft, wish, wished, at) : reportedCa(draft, wished)
    if (id !== null) found.set(wished.name, id)
  }
  if (draft.account().cas.length > MAX_CAS) draft.refuse({ kind: 'too-many', what: 'CA', limit: MAX_CAS })
  return found
}

function reportedCa(draft: Draft, { name, fingerprint }: { name: string; fingerprint: Md5 }): AccessCaId | null {
  const existing = draft.account().cas.find((one) => one.fingerprint === fingerprint)
  if (existing === undefined) draft.refuse({ kind: 'not-found', what: 'CA', name })
  return existing?.id ?? null
}

function uploadedCa(
  draft: Draft,
  wish: AccessWish,
  { name, pem }: { name: string; pem: string },
  at: Date,
): AccessCaId | null {
  const reading = readCa(pem, at, { takesPractice: isPracticeAccount(draft.account()) })
  if (reading.ca === null) {
    draft.refuse({ kind: 'ca-refused', name, ...reading.refusal })
    return null
  }
  const { ca: existing, isUnclear } = identifyCa(draft.account().cas, { name, bundle: reading.ca.bundle })
  if (isUnclear) draft.refuse({ kind: 'ca-unclear', name, existing: existing.name })
  if (existing !== null) return existing.id
  const id = AccessCaId.parse(draft.newId())
  const change = { kind: 'create-ca', id, name, ...reading.ca } as const
  addUnlessManaged(draft, wish.managedElsewhere.cas.includes(name), { what: 'CA', name }, change)
  return id
}

export interface WantedCas {
  hostname: string
  cas: AccessCaId[]
}

/** Which CAs each hostname of the wish should have. A CA that the wish does not describe is one that Access has by that name. */
export function wantedCas(draft: Draft, wish: AccessWish, known: CasByName): WantedCas[] {
  return wish.hostnames.map(({ hostname, cas }) => {
    const ids = cas.flatMap((name) => caNamed(draft, known, name) ?? [])
    const isAdded = draft.account().cas.some(({ id, hostnames }) => ids.includes(id) && !hostnames.includes(hostname))
    if (isAdded && !isOurs(draft, hostname)) draft.refuse({ kind: 'foreign-hostname', hostname })
    return { hostname, cas: ids }
  })
}

function caNamed(draft: Draft, known: CasByName, name: string): AccessCaId | null {
  const id = known.get(name)
  if (id !== undefined) return id
  const { one, isAmbiguous } = oneNamed(draft, 'CA', draft.account().cas, name)
  if (one === null && !isAmbiguous) draft.refuse({ kind: 'not-found', what: 'CA', name })
  return one?.id ?? null
}

/** Access refuses hostnames outside the account's zones (error 12036). Where those were not read, it has to say so itself. */
const isOurs = (draft: Draft, hostname: string): boolean =>
  draft.account().zones?.some(({ name }) => `.${hostname}`.endsWith(`.${name.toLowerCase()}`)) ?? true

/** Adds hostnames to CAs. Those that a CA has stay, including those of other tools. */
export function addHostnames(draft: Draft, wish: AccessWish, known: CasByName, wanted: WantedCas[]): void {
  for (const { id } of draft.account().cas) {
    const missing = (ca: AccessCa) =>
      wanted.filter(({ hostname, cas }) => cas.includes(id) && !ca.hostnames.includes(hostname))
    setHostnames(draft, wish, known, id, (ca) => [...ca.hostnames, ...missing(ca).map(({ hostname }) => hostname)])
  }
}

/** Removes hostnames from CAs. Before that, a hostname is tested with every CA that it has by then. */
export function removeHostnames(draft: Draft, wish: AccessWish, known: CasByName, wanted: WantedCas[]): void {
  const casOf = (hostname: string) => draft.account().cas.filter(({ hostnames }) => hostnames.includes(hostname))
  for (const { hostname, cas } of wanted) {
    const now = casOf(hostname).map(({ id }) => id)
    const isMoved = cas.length > 0 && now.some((id) => !cas.includes(id))
    if (isMoved) draft.add({ kind: 'test-hostname', hostname, cas: now })
  }
  for (const { id } of draft.account().cas) {
    const isUnwanted = (name: string) => wanted.some(({ hostname, cas }) => hostname === name && !cas.includes(id))
    setHostnames(draft, wish, known, id, (ca) => ca.hostnames.filter((name) => !isUnwanted(name)))
  }
}

function setHostnames(
  draft: Draft,
  wish: AccessWish,
  known: CasByName,
  id: AccessCaId,
  listFor: (ca: AccessCa) => string[],
): void {
  const ca = draft.account().cas.find((one) => one.id === id)
  if (ca === undefined) return
  const hostnames = listFor(ca)
  const differing = symmetricDifference(ca.hostnames, hostnames)
  if (differing.length === 0) return
  for (const name of differing)
    if (isManagedHostname(wish.managedElsewhere, name))
      draft.refuse({ kind: 'managed-elsewhere', what: 'hostname', name })
  const about = { what: 'CA', name: ca.name } as const
  const isManaged = isManagedCa(wish.managedElsewhere, known, ca)
  addUnlessManaged(draft, isManaged, about, { kind: 'set-ca-hostnames', id, hostnames })
}

const symmetricDifference = (one: string[], other: string[]): string[] => [
  ...one.filter((item) => !other.includes(item)),
  ...other.filter((item) => !one.includes(item)),
]

/** The settings of all hostnames are one list, which Access replaces as a whole. A hostname without an entry forwards nothing. */
export function setForwarding(draft: Draft, wish: AccessWish): void {
  const settings = [...draft.account().settings]
  for (const { hostname, forwarding } of wish.hostnames) {
    const place = settings.findIndex((one) => one.hostname === hostname)
    const current = settings[place] ?? { hostname, forwarding: false, chinaNetwork: false }
    if (forwarding === null || forwarding === current.forwarding) continue
    if (isManagedHostname(wish.managedElsewhere, hostname))
      draft.refuse({ kind: 'managed-elsewhere', what: 'hostname', name: hostname })
    settings.splice(place < 0 ? settings.length : place, place < 0 ? 0 : 1, { ...current, forwarding })
  }
  const isChanged = settings.some((one) => !draft.account().settings.includes(one))
  if (isChanged) draft.add({ kind: 'set-settings', settings })
}

/** CAs that are gone already are no problem; those that a hostname still has are. */
export function retireCas(draft: Draft, wish: AccessWish, known: CasByName): void {
  for (const name of wish.retire) {
    const { one: ca } = oneNamed(draft, 'CA', draft.account().cas, name)
    if (ca === null) continue
    if (ca.hostnames.length > 0) draft.refuse({ kind: 'ca-in-use', name, hostnames: ca.hostnames })
    else {
      const isManaged = isManagedCa(wish.managedElsewhere, known, ca)
      addUnlessManaged(draft, isManaged, { what: 'CA', name }, { kind: 'delete-ca', id: ca.id })
    }
  }
}
