import type { Call } from '#shared/ipc/contract'
import { formatAddress, parseAddress } from '#shared/logic/address'
import { plainFingerprint } from '#shared/logic/formatting'
import { NAME_PLACE, nameBounds } from '#shared/logic/name-rules'
import { MAX_SETUP_ADDRESS, MAX_SETUP_ISSUERS, MAX_SETUP_SITES, setupBounds } from '#shared/logic/setup-file'
import type { Algorithm } from '../../components/algorithms'
import { within } from '../../components/subject'

export interface SetupForm {
  from: string
  sites: string
  commonName: string
  keyType: Algorithm
  contact: string
  issuers: string
}

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

/** The same rules as the contract's, in words, while the administrator is still typing. */
export const setupRules = {
  from: within('The name', setupBounds.from),
  sites(value: string): string | null {
    for (const line of linesOf(value)) {
      const parsed = parseAddress(line)
      if (!parsed.ok) return parsed.reason
      if (formatAddress(parsed).length > MAX_SETUP_ADDRESS)
        return `An address in a set-up file can have at most ${MAX_SETUP_ADDRESS} characters.`
    }
    return linesOf(value).length > MAX_SETUP_SITES ? `A set-up file can have at most ${MAX_SETUP_SITES} sites.` : null
  },
  commonName: (value: string) =>
    /[{}]/u.test(value.replaceAll(NAME_PLACE, ''))
      ? `The only word in braces that is known is ${NAME_PLACE}.`
      : within('The Common Name', nameBounds.commonName)(value),
  contact: within('The contact', setupBounds.contact),
  issuers(value: string): string | null {
    const wrong = linesOf(value).find((line) => !/^[0-9a-f]{64}$/u.test(plainFingerprint(line)))
    if (wrong !== undefined) return 'A SHA-256 fingerprint has 64 hexadecimal digits.'
    return linesOf(value).length > MAX_SETUP_ISSUERS
      ? `A set-up file can have at most ${MAX_SETUP_ISSUERS} fingerprints.`
      : null
  },
}

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim())

export const draftOf = (form: SetupForm): Call<'setup.make'> => ({
  from: form.from.trim(),
  sites: linesOf(form.sites),
  commonName: orNull(form.commonName),
  keyType: form.keyType,
  contact: orNull(form.contact),
  issuers: linesOf(form.issuers).map(plainFingerprint),
})
