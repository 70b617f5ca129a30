import { Checkbox, PasswordInput, SimpleGrid, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { useAction } from '../../../api'
import { AskForm } from '../../../components/AskForm'
import { ErrorNotice } from '../../../components/ErrorNotice'
import { OpenModal } from '../../../components/OpenModal'
import { useNavigation } from '../../../navigation'
import { draftOf, emptySigner, isPlainHttp, type SignerForm } from './signer-form'

/** A running `cfssl serve` has the key of an issuer and signs for it. */
export function ConnectSigner({ onClose }: { onClose(): void }) {
  const { go } = useNavigation()
  const form = useForm<SignerForm>({ initialValues: emptySigner })
  const { address, plainHttp } = form.values
  const connect = useAction('authorities.connect')
  const isPlain = isPlainHttp(address)
  const isReady = address.trim() !== '' && (!isPlain || plainHttp)

  const submit = () =>
    connect.mutate(draftOf(form.values), {
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
          is accepted only if it matches what you decided.
        </Text>
        <TextInput
          label="Address"
          placeholder="https://signer.acme.dev:8888"
          maxLength={2048}
          data-autofocus
          {...form.getInputProps('address')}
        />
        {isPlain && (
          <Checkbox
            label="Use plain http anyway"
            description="Anyone between you and the signer can read and change the traffic. Ask for an https address instead."
            {...form.getInputProps('plainHttp', { type: 'checkbox' })}
          />
        )}
        <SimpleGrid cols={2}>
          <TextInput
            label="Profile"
            description="It decides the lifetime and the allowed uses."
            maxLength={256}
            {...form.getInputProps('profile')}
          />
          <TextInput
            label="Label"
            description="Only if it has several signers."
            maxLength={256}
            {...form.getInputProps('label')}
          />
        </SimpleGrid>
        <PasswordInput
          label="Authentication key"
          description="Only if its profile has one (auth_key); hex. It is sealed with your other keys."
          maxLength={1024}
          autoComplete="off"
          {...form.getInputProps('authKey')}
        />
        {connect.error !== null && <ErrorNotice error={connect.error} />}
      </AskForm>
    </OpenModal>
  )
}
