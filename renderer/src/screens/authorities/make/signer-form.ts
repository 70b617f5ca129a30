import type { Call } from '#shared/ipc/contract'
import { isThisMachine } from '#shared/logic/address'

export interface SignerForm {
  address: string
  profile: string
  label: string
  authKey: string
  plainHttp: boolean
}

export const emptySigner: SignerForm = { address: '', profile: 'client', label: '', authKey: '', plainHttp: false }

/** Somebody types "signer.acme.dev:8888": https is meant. */
const withScheme = (address: string) => {
  const text = address.trim()
  return /^[a-z][a-z0-9+.-]*:\/\//iu.test(text) ? text : `https://${text}`
}

/** To another machine without encryption: that has to be insisted on. */
export function isPlainHttp(address: string): boolean {
  if (!/^http:\/\//iu.test(address.trim())) return false
  const host = /^http:\/\/(\[[^\]]*\]|[^/:?#]*)/iu.exec(address.trim())?.[1] ?? ''
  return !isThisMachine(host)
}

export function draftOf({ address, profile, label, authKey, plainHttp }: SignerForm): Call<'authorities.connect'> {
  const key = authKey.trim()
  return { address: withScheme(address), profile, label, authKey: key === '' ? null : key, plainHttp }
}
