import { Text } from '@mantine/core'
import { formatTime } from '#shared/logic/formatting'
import { quoted } from '#shared/logic/isolate'
import type { AuthoritySummary } from '#shared/model/authority'
import textStyles from '../../../components/text.module.css'
import { DaysField } from './DaysField'
import { IssuerPassphrase } from './IssuerPassphrase'
import { daysWithin, defaultDays, isLifetime } from './lifetime'
import signing from './signing.module.css'

interface SigningFieldsProps {
  issuer: AuthoritySummary
  form: SigningForm
  onChange(form: SigningForm): void
  /** Of the last try. */
  error: unknown
  /** While the key stays unlocked: until when. */
  until?: string | null
}

/** What a signature needs: a lifetime and the passphrase; a signer elsewhere needs neither. */
export function SigningFields({ issuer, form, onChange, error, until = null }: SigningFieldsProps) {
  if (!issuer.hasKey && issuer.signer !== null) {
    return (
      <Text size="sm" className={`${signing.elsewhere} ${textStyles.wrap}`}>
        {issuer.signer.address} signs with its profile {quoted(issuer.signer.profile)}. The profile decides how long it
        lasts.
      </Text>
    )
  }
  return (
    <>
      <DaysField days={form.days} onChange={(days) => onChange({ ...form, days })} issuerEnds={issuer.notAfter} />
      {until === null ? (
        <IssuerPassphrase
          issuer={issuer.name}
          value={form.passphrase}
          onChange={(passphrase) => onChange({ ...form, passphrase })}
          error={error}
        />
      ) : (
        <Text size="sm" role="status" className={textStyles.wrap}>
          The key is unlocked for these requests until {formatTime(until)}.
        </Text>
      )}
    </>
  )
}

/** What is asked for before a client certificate is signed. */
export interface SigningForm {
  days: number
  passphrase: string
  /** For the rest of the batch. */
  keepUnlocked: boolean
}

/** `days`: as a template says. */
export const signingForm = (issuer: AuthoritySummary, now: Date, days: number = defaultDays.client): SigningForm => ({
  days: daysWithin(days, issuer.notAfter, now),
  passphrase: '',
  keepUnlocked: false,
})

export const isComplete = (
  { hasKey, signer }: AuthoritySummary,
  { days, passphrase }: SigningForm,
  isUnlocked = false,
): boolean => (hasKey ? (isUnlocked || passphrase !== '') && isLifetime(days) : signer !== null)

/** As the back end wants it: a signer elsewhere gets no passphrase. */
export const signatureOf = ({ id, hasKey }: AuthoritySummary, { passphrase }: SigningForm) => ({
  authority: id,
  passphrase: hasKey ? passphrase : null,
})
