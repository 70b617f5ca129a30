import { Text } from '@mantine/core'
import { useState } from 'react'
import { CaField, caChoice, noCa } from './CaField'
import { HostnamesField } from './HostnamesField'
import { WishForm } from './WishForm'
import { faultOfHostnames, hostnamesIn } from './wish-input'

/** Uploads a CA, and associates hostnames with it. */
export function AddCa({ issuer, onClose }: { issuer: string | null; onClose(): void }) {
  const [typed, setTyped] = useState(noCa(issuer))
  const [text, setText] = useState('')
  const hostnames = hostnamesIn(text)
  const ca = caChoice(typed)
  const intent =
    ca === null || faultOfHostnames(hostnames) !== null ? null : ({ kind: 'add-ca', ca, hostnames } as const)
  return (
    <WishForm title="Add a CA" intent={intent} onClose={onClose}>
      <CaField typed={typed} onChange={setTyped} />
      <HostnamesField
        label="Hostnames"
        description="Where Access asks for its certificates. One in each line; more can be added later."
        value={text}
        onChange={setText}
      />
      <Text size="sm" c="dimmed">
        The certificates of the CA are uploaded, never a key.
      </Text>
    </WishForm>
  )
}
