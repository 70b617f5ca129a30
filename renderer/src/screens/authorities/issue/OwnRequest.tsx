import { Button, Group, Select, Stack, Text, Title } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { isolated } from '#shared/logic/isolate'
import type { AuthoritySummary } from '#shared/model/authority'
import type { IdentitySummary } from '#shared/model/identity'
import { useAction, useAnswer } from '../../../api'
import layout from '../../../components/layout.module.css'
import { SubmitButton, whenReady } from '../../../components/SubmitButton'
import { useNow } from '../../../components/use-now'
import { useNavigation, usePlace } from '../../../navigation'
import { SigningError } from '../fields/IssuerPassphrase'
import { isComplete, SigningFields, signatureOf, signingForm } from '../fields/SigningFields'
import signing from '../fields/signing.module.css'

/** The administrator is a holder too: a request made in this app is signed without going through a file. */
export function OwnRequest({ issuer }: { issuer: AuthoritySummary }) {
  const { open } = useNavigation()
  const { data } = useAnswer('identities.list', { limit: 1000 })
  if (data === undefined) return null
  const waiting = data.rows.filter(({ status }) => status === 'waiting')
  return (
    <section className={layout.card} aria-label="For my own certificate">
      <Stack gap="sm">
        <Title order={2}>For my own certificate</Title>
        {waiting.length === 0 ? (
          <Group justify="space-between">
            <Text size="sm" c="dimmed">
              No request of yours is waiting for a certificate.
            </Text>
            <Button size="xs" variant="default" onClick={() => open('new')}>
              New certificate
            </Button>
          </Group>
        ) : (
          <SignOwnRequest issuer={issuer} waiting={waiting} />
        )}
      </Stack>
    </section>
  )
}

function SignOwnRequest({ issuer, waiting }: { issuer: AuthoritySummary; waiting: IdentitySummary[] }) {
  const { go } = useNavigation()
  const { identity: chosen } = usePlace('certificates')
  const now = useNow()
  const [wanted, setWanted] = useState<string | null>(chosen)
  const [form, setForm] = useState(() => signingForm(issuer, now))
  const sign = useAction('authorities.issueToIdentity')
  const mine = waiting.find(({ id }) => id === wanted) ?? waiting[0]
  const isReady = mine !== undefined && isComplete(issuer, form)

  const submit = (identity: string) =>
    sign.mutate(
      { ...signatureOf(issuer, form), identity, days: form.days },
      {
        onSuccess: () => {
          go({ screen: 'authorities', issuerView: 'overview' })
          go({ screen: 'certificates', identity })
          notifications.show({ color: 'teal', title: 'Certificate added.', message: 'It can be installed now.' })
        },
      },
    )

  return (
    <form noValidate onSubmit={whenReady(isReady, () => mine !== undefined && submit(mine.id))}>
      <Stack gap="sm">
        <Select
          label="Request"
          data={waiting.map(({ id, name, keyCode }) => ({ value: id, label: `${isolated(name)} · ${keyCode}` }))}
          value={mine?.id ?? null}
          allowDeselect={false}
          searchable={waiting.length > 8}
          limit={100}
          onChange={setWanted}
        />
        <div className={signing.fields}>
          <SigningFields issuer={issuer} form={form} onChange={setForm} error={sign.error} />
          <SubmitButton isReady={isReady} loading={sign.isPending}>
            Sign it
          </SubmitButton>
        </div>
        <SigningError error={sign.error} />
      </Stack>
    </form>
  )
}
