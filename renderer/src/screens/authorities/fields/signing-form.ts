import type { AuthoritySummary } from '#shared/model/authority'
import { daysWithin, defaultDays, isLifetime } from './days'

/** What is asked for before a client certificate is signed. */
export interface SigningForm {
  days: number
  passphrase: string
}

export const signingForm = (issuer: AuthoritySummary, now: Date): SigningForm => ({
  days: daysWithin(defaultDays.client, issuer.notAfter, now),
  passphrase: '',
})

export const isComplete = ({ hasKey, signer }: AuthoritySummary, { days, passphrase }: SigningForm): boolean =>
  hasKey ? passphrase !== '' && isLifetime(days) : signer !== null

/** As the back end wants it: a signer elsewhere gets no passphrase. */
export const signatureOf = ({ id, hasKey }: AuthoritySummary, { passphrase }: SigningForm) => ({
  authority: id,
  passphrase: hasKey ? passphrase : null,
})
