import { Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { accessLimits } from '#shared/logic/access/limits'
import { isPracticeAccount, practiceHostname } from '#shared/model/access-account'
import type { AccessOverview } from '#shared/model/access-screen'
import { useAnswer } from '../../../api'
import { forgetProtection, saveProtection } from '../protect/saved-protection'
import {
  addressParts,
  draftOf,
  noProtection,
  type Protection,
  plannedOf,
  protectIntent,
  type TypedProtection,
  typedProtection,
} from '../protect/typed-protection'
import { CaField, caChoice } from './CaField'
import { WhoField } from './WhoField'
import { WishForm } from './WishForm'

interface ProtectProps {
  overview: AccessOverview
  issuer: string | null
  onClose(): void
}

/** A hostname that only certificates open: CA, application and policy in one plan. */
export function ProtectSite(props: ProtectProps) {
  const { data: protections } = useAnswer('cloudflare.protections', undefined, { refetchOnMount: 'always' })
  if (protections === undefined) return null
  // What was applied is over: another site is protected.
  const begun = protections.find(({ account, run }) => account === props.overview.account.id && run === null)
  return <ProtectForm {...props} begun={begun ?? null} />
}

function ProtectForm({ overview, issuer, onClose, begun }: ProtectProps & { begun: Protection | null }) {
  const { account } = overview
  const isPractice = isPracticeAccount(account)
  const { data: issuers } = useAnswer('authorities.list', undefined)
  const [typed, setTyped] = useState(() => firstTyped(begun, issuer, isPractice))
  const { hostname, isWrong } = addressParts(typed.address)
  const intent = protectIntent(typed)

  function change(part: Partial<TypedProtection>) {
    const next = { ...typed, ...part }
    setTyped(next)
    void saveProtection({ account: account.id, draft: draftOf(next), planned: null })
  }

  /** The issuer here whose CA it is, also where Access has that already. */
  function issuerOfCa(): string | null {
    const chosen = caChoice(typed.ca)
    if (chosen?.kind === 'issuer') return chosen.issuer
    if (chosen?.kind !== 'uploaded') return null
    const known = overview.cas.find(({ id }) => id === chosen.ca)?.issuer ?? null
    return issuers?.find(({ name: called }) => called === known)?.id ?? null
  }

  function onPlanned() {
    if (intent === null) return
    const planned = plannedOf(intent, issuerOfCa())
    void saveProtection({ account: account.id, draft: draftOf(typed), planned })
  }

  function onCancel() {
    void forgetProtection(account.id)
    onClose()
  }

  return (
    <WishForm title="Protect a site" intent={intent} onClose={onClose} onCancel={onCancel} onPlanned={onPlanned}>
      <Text size="sm" c="dimmed">
        Access then lets visitors of a site in by their certificates. The plan shows first who else gets in. Once it is
        applied, you can issue and test the first certificate.
      </Text>
      <TextInput
        label="Site"
        placeholder="wiki.example.com"
        description={
          isPractice
            ? 'The practice account controls this site alone.'
            : 'Its hostname, with a path if only a part is meant.'
        }
        readOnly={isPractice}
        value={typed.address}
        maxLength={1200}
        error={isWrong ? 'This is not an address that Access can protect with certificates.' : null}
        onChange={(event) => change({ address: event.currentTarget.value })}
      />
      <TextInput
        label="Name of the application"
        placeholder={hostname}
        value={typed.name}
        maxLength={accessLimits.name}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      <CaField typed={typed.ca} onChange={(ca) => change({ ca })} uploaded={overview.cas} />
      <WhoField typed={typed.who} onChange={(who) => change({ who })} />
    </WishForm>
  )
}

function firstTyped(begun: Protection | null, issuer: string | null, isPractice: boolean): TypedProtection {
  if (begun === null) return noProtection(isPractice ? practiceHostname : '', issuer)
  const typed = typedProtection(begun.draft)
  return issuer === null ? typed : { ...typed, ca: noProtection('', issuer).ca }
}
