import { Button, Group, Stack, Text, Title } from '@mantine/core'
import type { Host } from '#shared/model/host'
import type { ProbeReport } from '#shared/model/probe'
import { useAction } from '../../../api'
import { ErrorNotice } from '../../../components/ErrorNotice'
import layout from '../../../components/layout.module.css'
import type { ConnectionTest } from '../use-connection-test'
import { keyOffer } from './key-offer'
import { ServerFacts } from './TlsTab'

interface UntrustedServerProps {
  report: ProbeReport
  host: Host
  test: ConnectionTest
}

/** For a person's own test server: agree to exactly this key, after looking at it. */
export function UntrustedServer({ report, host, test }: UntrustedServerProps) {
  const pin = useAction('hosts.pin')
  const offer = keyOffer(report, host.pinnedKey)
  if (offer === null) return null
  const { server, fault } = offer
  const agree = () => pin.mutate({ host: host.id, key: server.keySha256 }, { onSuccess: () => test.run() })
  return (
    <section className={layout.card} aria-labelledby="untrusted-server">
      <Stack gap="sm">
        <Title order={3} id="untrusted-server">
          Do you know this server?
        </Title>
        <Text size="sm">{fault === null ? usual : `${fault}. ${unusual}`}</Text>
        <ServerFacts certificate={server} />
        {pin.error !== null && <ErrorNotice error={pin.error} />}
        <Group>
          {fault === null ? (
            <Button variant="light" color="orange" loading={pin.isPending} onClick={agree}>
              I know this server: use my certificate with it
            </Button>
          ) : (
            <Button variant="default" loading={pin.isPending} onClick={agree}>
              Use my certificate with it anyway
            </Button>
          )}
        </Group>
      </Stack>
    </section>
  )
}

const usual =
  'Anybody can make a certificate like this one. If the server is yours, compare the fingerprint with the one it has. If you do not know it, stop here: it may not be the site you think it is.'
const unusual =
  'Its administrator has to correct that, and until then it may not be the site you think it is. If the server is yours and you cannot wait, compare the fingerprint first. From then on, only its key is checked.'
