import { PasswordInput } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { quoted } from '#shared/logic/isolate'
import { messages } from '#shared/messages'
import { hasCode } from '../../../api'
import { ErrorNotice } from '../../../components/ErrorNotice'

interface IssuerPassphraseProps {
  issuer: string
  value: string
  onChange(value: string): void
  /** Of the last try: a wrong passphrase is said at the field itself. */
  error?: unknown
  autoFocus?: boolean
}

const wrong = messages['passphrase-wrong']

/** Asked for at every signature; this window forgets it as soon as the form is gone. */
export function IssuerPassphrase({ issuer, value, onChange, error = null, autoFocus = false }: IssuerPassphraseProps) {
  const input = useRef<HTMLInputElement>(null)
  const isWrong = hasCode(error, 'passphrase-wrong')
  useEffect(() => {
    if (isWrong) input.current?.focus()
  }, [isWrong])
  return (
    <PasswordInput
      ref={input}
      label={`Passphrase of ${quoted(issuer)}`}
      description="Asked for at every signature and never stored."
      required
      withAsterisk={false}
      value={value}
      maxLength={1024}
      autoComplete="off"
      error={isWrong ? `${wrong.title} ${wrong.remedy}` : null}
      {...(autoFocus ? { 'data-autofocus': true } : {})}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}

/** Everything but a wrong passphrase, which its own field tells. */
export function SigningError({ error }: { error: unknown }) {
  return error === null || hasCode(error, 'passphrase-wrong') ? null : <ErrorNotice error={error} />
}
