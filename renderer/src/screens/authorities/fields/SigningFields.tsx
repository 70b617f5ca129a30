import { Text } from '@mantine/core'
import type { AuthoritySummary } from '#shared/model/authority'
import { DaysField } from './DaysField'
import { IssuerPassphrase } from './IssuerPassphrase'
import type { SigningForm } from './signing-form'

interface SigningFieldsProps {
  issuer: AuthoritySummary
  form: SigningForm
  onChange(form: SigningForm): void
  /** Of the last try. */
  error: unknown
}

/** What a signature needs: a lifetime and the passphrase; a signer elsewhere needs neither. */
export function SigningFields({ issuer, form, onChange, error }: SigningFieldsProps) {
  if (!issuer.hasKey && issuer.signer !== null) {
    return (
      <Text size="sm" className="sign-elsewhere wrap">
        {issuer.signer.address} signs, by its profile “{issuer.signer.profile}”. The profile decides how long it lasts.
      </Text>
    )
  }
  return (
    <>
      <DaysField days={form.days} onChange={(days) => onChange({ ...form, days })} issuerEnds={issuer.notAfter} />
      <IssuerPassphrase
        issuer={issuer.name}
        value={form.passphrase}
        onChange={(passphrase) => onChange({ ...form, passphrase })}
        error={error}
      />
    </>
  )
}
