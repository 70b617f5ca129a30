import { Checkbox, PasswordInput, SimpleGrid, Text, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { useAction } from '../../../api'
import { AskForm } from '../../../components/AskForm'
import { ErrorNotice } from '../../../components/ErrorNotice'
import { OpenModal } from '../../../components/OpenModal'
import { useNavigation } from '../../../navigation'
import { draftOf, emptySigner, isPlainHttp } from './signer-form'

/** A running `cfssl serve` has the key of an issuer and signs for it. */
export function ConnectSigner({ onClose }: { onClose(): void }) {
  const { go } = useNavigation()
  const [form, setForm] = useState(emptySigner)
  const connect = useAction('authorities.connect')
  const isPlain = isPlainHttp(form.address)
  const isReady = form.address.trim() !== '' && (!isPlain || form.plainHttp)

  const submit = () =>
    connect.mutate(draftOf(form), {
      onSuccess: (issuer) => {
        onClose()
        go({ screen: 'authorities', issuer: issuer.id, issuerView: 'overview' })
        notifications.show({ color: 'teal', title: 'The signer is connected.', message: issuer.name })
      },
    })

  return (
    <OpenModal onClose={onClose} title="Connect a cfssl signer" size="lg" closeOnClickOutside={false}>
      <AskForm action="Connect" isReady={isReady} isBusy={connect.isPending} onSubmit={submit} onCancel={onClose}>
        <Text size="sm" c="dimmed">
          A running “cfssl serve” keeps the issuer’s key and signs the requests that you have checked here. Its answer
          is only taken when it is what you decided on.
        </Text>
        <TextInput
          label="Address"
          placeholder="https://signer.acme.dev:8888"
          value={form.address}
          maxLength={2048}
          data-autofocus
          onChange={(event) => setForm({ ...form, address: event.currentTarget.value })}
        />
        {isPlain && (
          <Checkbox
            label="Use plain http all the same"
            description="Whoever is on the way can read and change what is said. Better ask for an https address."
            checked={form.plainHttp}
            onChange={(event) => setForm({ ...form, plainHttp: event.currentTarget.checked })}
          />
        )}
        <SimpleGrid cols={2}>
          <TextInput
            label="Profile"
            description="It decides on lifetime and uses."
            value={form.profile}
            maxLength={256}
            onChange={(event) => setForm({ ...form, profile: event.currentTarget.value })}
          />
          <TextInput
            label="Label"
            description="Only where it has several signers."
            value={form.label}
            maxLength={256}
            onChange={(event) => setForm({ ...form, label: event.currentTarget.value })}
          />
        </SimpleGrid>
        <PasswordInput
          label="Authentication key"
          description="Only if its profile has one (auth_key); hex. It is sealed with your other keys."
          value={form.authKey}
          maxLength={1024}
          autoComplete="off"
          onChange={(event) => setForm({ ...form, authKey: event.currentTarget.value })}
        />
        {connect.error !== null && <ErrorNotice error={connect.error} />}
      </AskForm>
    </OpenModal>
  )
}
