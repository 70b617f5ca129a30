import { TextInput } from '@mantine/core'
import { useState } from 'react'
import type { AccessOverview } from '#shared/model/access-screen'
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
  const [address, setAddress] = useState('')
  const [name, setName] = useState('')
  const [ca, setCa] = useState(noCa(issuer))
  const [who, setWho] = useState(anyCertificate)
  const [, host = '', path = ''] = /^(?:https:\/\/)?([^/]*)(.*)$/iu.exec(address.trim()) ?? []
  const [hostname = ''] = hostnamesIn(host)
  const chosen = caChoice(ca)
  const mayIn = whoMayIn(who)
  const isWrong = hostname !== '' && (wrongHostname([hostname]) !== null || /[\s?#]/u.test(path))
  const isReady = hostname !== '' && !isWrong
  const intent =
    isReady && chosen !== null && mayIn !== null
      ? ({
          kind: 'protect',
          hostname,
          path: path.replace(/\/+$/u, ''),
          name: name.trim() === '' ? hostname : name.trim(),
          ca: chosen,
          who: mayIn,
        } as const)
      : null
  return (
    <WishForm title="Protect a site" intent={intent} onClose={onClose}>
      <TextInput
        label="Site"
        placeholder="wiki.example.com"
        description="Its hostname, with a path if only a part is meant."
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
