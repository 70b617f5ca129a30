import { Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { protectTitle } from '#shared/logic/access/plan-words'
import { isPracticeAccount, practiceHostname } from '#shared/model/access-account'
import type { AccessOverview } from '#shared/model/access-screen'
import { useAnswer } from '../../../api'
import { noProof, protectedSite } from '../protect/protected-site'
import { CaField, caChoice, noCa } from './CaField'
import { anyCertificate, WhoField, whoMayIn } from './WhoField'
import { WishForm } from './WishForm'
import { hostnamesIn, wrongHostname } from './wish-input'

interface ProtectProps {
  overview: AccessOverview
  issuer: string | null
  onClose(): void
}

/** A hostname that only certificates open: CA, application and policy in one plan. */
export function ProtectSite({ overview, issuer, onClose }: ProtectProps) {
  const isPractice = isPracticeAccount(overview.account)
  const { data: issuers } = useAnswer('authorities.list', undefined)
  const [address, setAddress] = useState(isPractice ? practiceHostname : '')
  const [name, setName] = useState('')
  const [ca, setCa] = useState(noCa(issuer))
  const [who, setWho] = useState(anyCertificate)
  const [, host = '', path = ''] = /^(?:https:\/\/)?([^/]*)(.*)$/iu.exec(address.trim()) ?? []
  const [hostname = ''] = hostnamesIn(host)
  const chosen = caChoice(ca)
  const mayIn = whoMayIn(who)
  const isWrong = hostname !== '' && (wrongHostname([hostname]) !== null || /[\s?#]/u.test(path))
  const isReady = hostname !== '' && !isWrong
  const cleanPath = path.replace(/\/+$/u, '')
  const intent =
    isReady && chosen !== null && mayIn !== null
      ? ({
          kind: 'protect',
          hostname,
          path: cleanPath,
          name: name.trim() === '' ? hostname : name.trim(),
          ca: chosen,
          who: mayIn,
        } as const)
      : null
  /** The issuer here whose CA it is, also where Access has that already. */
  function issuerOfCa(): string | null {
    if (chosen?.kind === 'issuer') return chosen.issuer
    if (chosen?.kind !== 'uploaded') return null
    const known = overview.cas.find(({ id }) => id === chosen.ca)?.issuer ?? null
    return issuers?.find(({ name: called }) => called === known)?.id ?? null
  }

  const onPlanned = () =>
    protectedSite.set({
      title: protectTitle({ hostname, path: cleanPath }),
      hostname,
      path: cleanPath,
      issuer: issuerOfCa(),
      name: mayIn?.kind === 'names' ? (mayIn.names[0] ?? null) : null,
      proof: noProof,
    })

  return (
    <WishForm title="Protect a site" intent={intent} onClose={onClose} onPlanned={onPlanned}>
      <Text size="sm" c="dimmed">
        Sets up a site that only visitors with a certificate can open. You see the plan first. After it is applied, you
        can issue and test the first certificate.
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
        value={address}
        maxLength={1200}
        error={isWrong ? 'This is not an address that Access can protect with certificates.' : null}
        onChange={(event) => setAddress(event.currentTarget.value)}
      />
      <TextInput
        label="Name of the application"
        placeholder={hostname}
        value={name}
        maxLength={350}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <CaField typed={ca} onChange={setCa} uploaded={overview.cas} />
      <WhoField typed={who} onChange={setWho} />
    </WishForm>
  )
}
