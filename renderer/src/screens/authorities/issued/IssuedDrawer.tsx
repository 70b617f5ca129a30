import { Badge, Button, Drawer, Group, Stack, Text } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useState } from 'react'
import { expirySentence } from '#shared/logic/expiry'
import { formatDateTime, formatSerial } from '#shared/logic/formatting'
import type { AuthoritySummary, IssuedCertificate } from '#shared/model/authority'
import { useAction, useAnswer } from '../../../api'
import { Answered } from '../../../components/Answered'
import { Facts, Mono } from '../../../components/Facts'
import { GlossaryTerm } from '../../../components/GlossaryTerm'
import { ObjectDetails } from '../../../components/object-details/ObjectDetails'
import { useReturnFocus } from '../../../components/return-focus'
import { SaveResult } from '../../../components/SaveResult'
import { useNow } from '../../../components/use-now'
import { issuedWords, revokedWords } from './issued-words'
import { Renew } from './Renew'
import { Revoke } from './Revoke'

interface WindowProps {
  row: IssuedCertificate
  issuer: AuthoritySummary
  /** The same certificate as it is now, or the one that follows it. */
  onShow(row: IssuedCertificate): void
  onClose(): void
}

export function IssuedDrawer({ row, issuer, onShow, onClose }: WindowProps) {
  useReturnFocus()
  const now = useNow()
  const [asking, setAsking] = useState<'renew' | 'revoke' | null>(null)
  const save = useAction('authorities.saveIssued')
  const { words, color } = issuedWords(row, now)
  const done = (next: IssuedCertificate) => {
    setAsking(null)
    onShow(next)
  }
  if (asking === 'renew') return <Renew row={row} issuer={issuer} onClose={() => setAsking(null)} onRenewed={done} />
  if (asking === 'revoke') return <Revoke row={row} issuer={issuer} onClose={() => setAsking(null)} onRevoked={done} />
  return (
    <Drawer
      opened
      onClose={onClose}
      returnFocus={false}
      position="right"
      size={520}
      title={row.commonName}
      styles={{ title: { fontWeight: 650 } }}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Stack>
        <Group gap="xs">
          <Badge color={color} size="lg">
            {words}
          </Badge>
          <Text size="sm" c="dimmed">
            {row.status === 'revoked' ? revokedWords(row) : expirySentence(row.notBefore, row.notAfter, now)}
          </Text>
        </Group>
        <Group gap="xs">
          <Button
            size="xs"
            variant="light"
            leftSection={<IconDownload size={16} aria-hidden />}
            loading={save.isPending}
            onClick={() => save.mutate({ certificates: [row.sha256] })}
          >
            Save the certificate
          </Button>
          {issuer.hasKey && row.status !== 'revoked' && (
            <Button size="xs" variant="default" onClick={() => setAsking('renew')}>
              Renew…
            </Button>
          )}
          {row.status !== 'revoked' && row.status !== 'expired' && (
            <Button size="xs" color="red" variant="light" onClick={() => setAsking('revoke')}>
              Revoke…
            </Button>
          )}
        </Group>
        <SaveResult save={save} />
        <Facts
          facts={[
            ['Subject', row.subject],
            [<GlossaryTerm key="t" term="Key code" />, <Mono key="v" text={row.keyCode} />],
            [<GlossaryTerm key="t" term="Serial number" />, <Mono key="v" text={formatSerial(row.serial)} />],
            ['Issued', row.issuedAt === null ? 'Elsewhere, at an unknown time' : formatDateTime(row.issuedAt)],
            ['Key', row.keyMadeByIssuer ? 'Made by the issuer' : null],
            ['Valid', `${formatDateTime(row.notBefore)} to ${formatDateTime(row.notAfter)}`],
          ]}
        />
        <IssuedDetails sha256={row.sha256} />
      </Stack>
    </Drawer>
  )
}

/** Everything that the certificate says. */
function IssuedDetails({ sha256 }: { sha256: string }) {
  const query = useAnswer('authorities.issuedDetails', { certificate: sha256 })
  return <Answered query={query}>{(details) => <ObjectDetails details={details} headings={3} />}</Answered>
}
