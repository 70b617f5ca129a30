import { Badge, Button, Group, Modal, Radio, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { expiryBadge } from '#shared/logic/expiry'
import { quoted } from '#shared/logic/isolate'
import type { Host } from '#shared/model/host'
import type { Finding, ProbeReport } from '#shared/model/probe'
import { DialogButtons } from '../../../components/DialogButtons'
import { useNow } from '../../../components/use-now'
import { useNavigation } from '../../../navigation'
import type { ConnectionTest } from '../use-connection-test'
import { type FittingCertificate, fittingCertificates } from './fitting-certificates'

interface ReplaceProps {
  report: ProbeReport
  cause: Finding
  host: Host
  test: ConnectionTest
  opened: boolean
  onClose(): void
}

/** Another certificate in the place of the one that was refused: one that is here already, or a new one of the same name. */
export function ReplaceCertificate(props: ReplaceProps) {
  const name = props.report.identityName ?? 'this certificate'
  return (
    <Modal opened={props.opened} onClose={props.onClose} title={`Replace ${quoted(name)}`} size="lg">
      <Choice {...props} />
    </Modal>
  )
}

function Choice({ report, cause, host, test, onClose }: ReplaceProps) {
  const { open } = useNavigation()
  const fitting = fittingCertificates(report, cause, test.certificates)
  const request = () => {
    onClose()
    open('new', report.identityName ?? '', [host.id])
  }
  if (fitting.length > 0)
    return (
      <UseAnother
        fitting={fitting}
        // One of the same name would be refused as well.
        onRequest={cause.code === 'policy-does-not-match' ? null : request}
        onCancel={onClose}
        onUse={(identity) => {
          onClose()
          test.runWith(identity)
        }}
      />
    )
  return (
    <Stack>
      <Text size="sm">No other certificate on this computer fits this site, so you need a new one.</Text>
      <Text size="sm">
        It gets the same name and a key of its own. Send its request to your administrator. When the certificate
        arrives, drop it on this window: Latchkey then tests this site again.
      </Text>
      <DialogButtons>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button data-autofocus onClick={request}>
          Request a replacement
        </Button>
      </DialogButtons>
    </Stack>
  )
}

interface UseAnotherProps {
  fitting: FittingCertificate[]
  onUse(identity: string): void
  /** Null if a new certificate would not help. */
  onRequest: (() => void) | null
  onCancel(): void
}

function UseAnother({ fitting, onUse, onRequest, onCancel }: UseAnotherProps) {
  const now = useNow()
  const [chosen, setChosen] = useState(fitting[0]?.certificate.id ?? '')
  return (
    <Stack>
      <Radio.Group label="Use a certificate that you already have" value={chosen} onChange={setChosen}>
        <Stack gap="sm" mt="xs">
          {fitting.map(({ certificate: { id, name, notAfter }, isIssuerNamed }) => (
            <Group key={id} gap="sm" justify="space-between" wrap="nowrap">
              <Radio value={id} label={name} description={notAfter === null ? null : expiryBadge(notAfter, now)} />
              {isIssuerNamed && <Badge color="teal">Issuer accepted</Badge>}
            </Group>
          ))}
        </Stack>
      </Radio.Group>
      <DialogButtons>
        <Button variant="default" onClick={onCancel}>
          Cancel
        </Button>
        {onRequest !== null && (
          <Button variant="default" onClick={onRequest}>
            Request a new one…
          </Button>
        )}
        <Button data-autofocus onClick={() => onUse(chosen)}>
          Use it and test again
        </Button>
      </DialogButtons>
    </Stack>
  )
}
