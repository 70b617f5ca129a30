import type { Call, Out } from '#shared/ipc/contract'
import { accessLimits } from '#shared/logic/access/limits'
import { protectTitle } from '#shared/logic/access/plan-words'
import type { Intent } from '../plan/use-planner'
import { caChoice, noCa, type TypedCa } from '../wishes/CaField'
import { anyCertificate, type TypedWho, whoMayIn } from '../wishes/WhoField'
import { faultOfHostnames, hostnamesIn } from '../wishes/wish-input'

type Draft = Call<'cloudflare.saveProtection'>['draft']
type Planned = NonNullable<Call<'cloudflare.saveProtection'>['planned']>
export type Protection = Out<'cloudflare.protections'>[number]

/** “Protect a site” as it is filled in. */
export interface TypedProtection {
  address: string
  /** Of the application. */
  name: string
  ca: TypedCa
  who: TypedWho
}

export const noProtection = (address: string, issuer: string | null): TypedProtection => ({
  address,
  name: '',
  ca: noCa(issuer),
  who: anyCertificate,
})

/** What was filled in before. A file is chosen again. */
export function typedProtection({ address, name, ca, who }: Draft): TypedProtection {
  return { address, name, ca: typedCa(ca), who }
}

function typedCa(ca: Draft['ca']): TypedCa {
  switch (ca?.kind) {
    case undefined:
      return noCa(null)
    case 'issuer':
      return noCa(ca.issuer)
    case 'uploaded':
      return { ...noCa(null), chosen: `uploaded ${ca.ca}` }
    case 'file':
      return { ...noCa(null), chosen: 'file', name: ca.name }
  }
}

/** What of it is kept. */
export function draftOf({ address, name, ca, who }: TypedProtection): Draft {
  if (ca.chosen === 'file') return { address, name, who, ca: { kind: 'file', name: ca.name } }
  const choice = caChoice(ca)
  return { address, name, who, ca: choice === null || choice.kind === 'file' ? null : choice }
}

/** The parts of what was typed as an address. `isWrong`: Access would not take it. */
export function addressParts(address: string): { hostname: string; path: string; isWrong: boolean } {
  const [, host = '', path = ''] = /^(?:https:\/\/)?([^/]*)(.*)$/iu.exec(address.trim()) ?? []
  const [hostname = ''] = hostnamesIn(host)
  const kept = path.replace(/\/+$/u, '')
  const isWrongPath = /[\s?#]/u.test(path) || kept.length > accessLimits.path
  return { hostname, path: kept, isWrong: hostname !== '' && (faultOfHostnames([hostname]) !== null || isWrongPath) }
}

/** Null until it is complete. */
export function protectIntent({
  address,
  name,
  ca,
  who,
}: TypedProtection): Extract<Intent, { kind: 'protect' }> | null {
  const { hostname, path, isWrong } = addressParts(address)
  const [chosen, mayIn] = [caChoice(ca), whoMayIn(who)]
  if (hostname === '' || isWrong || chosen === null || mayIn === null) return null
  return { kind: 'protect', hostname, path, name: name.trim() === '' ? hostname : name.trim(), ca: chosen, who: mayIn }
}

/** @param issuer Of this computer, whose CA it is. */
export function plannedOf(
  { hostname, path, who }: Extract<Intent, { kind: 'protect' }>,
  issuer: string | null,
): Planned {
  const name = who.kind === 'names' ? (who.names[0] ?? null) : null
  return { title: protectTitle({ hostname, path }), hostname, path, issuer, name }
}
