import { Badge, Button, Group, Stack, Text, Title } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { aheadNote } from '#shared/logic/crl-dates'
import { expiryBadge } from '#shared/logic/expiry'
import { formatDate } from '#shared/logic/formatting'
import type { AuthoritySummary } from '#shared/model/authority'
import { useAction } from '../../../api'
import { Facts } from '../../../components/Facts'
import { GlossaryTerm } from '../../../components/GlossaryTerm'
import layout from '../../../components/layout.module.css'
import { SaveResult } from '../../../components/SaveResult'

interface CrlCardProps {
  issuer: AuthoritySummary
  now: Date
  onWrite(): void
}

/** The revocation list, and whether it is current. */
export function CrlCard({ issuer, now, onWrite }: CrlCardProps) {
  const { crl, crlDue, hasKey } = issuer
  const ahead = crl === null ? null : aheadNote(crl.thisUpdate, now)
  return (
    <section className={layout.card} aria-label="Revocation list">
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={3}>
            <GlossaryTerm term="Revocation list (CRL)" />
          </Title>
          {crlDue !== 'no' && <Badge color="orange">{crlDue === 'now' ? 'Due now' : 'Due soon'}</Badge>}
        </Group>
        {crl === null ? (
          <Text size="sm" c="dimmed">
            None written yet. It is needed once something checks it, such as a Worker or a server of your own.
          </Text>
        ) : (
          <Facts
            facts={[
              ['Number', crl.number ?? 'None'],
              ['Dated', formatDate(crl.thisUpdate)],
              ['Next one by', nextWords(crl.nextUpdate, now)],
              ['Revoked', String(crl.entries)],
            ]}
          />
        )}
        {ahead !== null && (
          <Text size="sm" c="var(--mantine-color-error)">
            {ahead}
          </Text>
        )}
        <Group gap="xs">
          {hasKey && (
            <Button size="xs" variant="light" onClick={onWrite}>
              Write a new list
            </Button>
          )}
          {crl !== null && <SaveCrl issuer={issuer} />}
        </Group>
      </Stack>
    </section>
  )
}

const nextWords = (nextUpdate: string | null, now: Date): string =>
  nextUpdate === null ? 'Not stated' : `${formatDate(nextUpdate)} (${expiryBadge(nextUpdate, now).toLowerCase()})`

function SaveCrl({ issuer }: { issuer: AuthoritySummary }) {
  const save = useAction('authorities.saveCrl')
  return (
    <>
      {(['pem', 'der'] as const).map((form) => (
        <Button
          key={form}
          size="xs"
          variant="default"
          leftSection={<IconDownload size={16} aria-hidden />}
          onClick={() => save.mutate({ authority: issuer.id, form })}
        >
          Save {form.toUpperCase()}
        </Button>
      ))}
      <SaveResult save={save} />
    </>
  )
}
