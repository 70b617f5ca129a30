import { Button, SegmentedControl, Select, Text } from '@mantine/core'
import { IconCertificate, IconPlugConnected } from '@tabler/icons-react'
import { expiryBadge } from '#shared/logic/expiry'
import { isolated } from '#shared/logic/isolate'
import type { Host } from '#shared/model/host'
import type { IdentitySummary } from '#shared/model/identity'
import { useAnswer } from '../../api'
import { useNow } from '../../components/use-now'
import styles from './TestBar.module.css'
import type { ConnectionTest } from './use-connection-test'

const none = 'none'

interface TestBarProps {
  host: Host
  test: ConnectionTest
  /** A report stands below, with the next step on its card. */
  isTested: boolean
}

/** Which certificate, in which way, and the one button. */
export function TestBar({ host, test, isTested }: TestBarProps) {
  const now = useNow()
  const { data: app } = useAnswer('app.info', undefined)
  const problem = app?.browserModeProblem ?? null
  const label = ({ name, notAfter }: IdentitySummary) =>
    notAfter === null ? name : `${isolated(name)} · ${expiryBadge(notAfter, now).toLowerCase()}`
  const choices = [
    { value: none, label: 'No certificate' },
    ...test.certificates.map((certificate) => ({ value: certificate.id, label: label(certificate) })),
  ]
  const way = test.mode === 'direct' ? directWords : browserWords
  return (
    <div>
      <div className={styles.bar}>
        <Select
          className={styles.certificate}
          aria-label="Certificate"
          leftSection={<IconCertificate size={18} aria-hidden />}
          data={choices}
          value={test.identity ?? none}
          allowDeselect={false}
          searchable={choices.length > 8}
          limit={100}
          nothingFoundMessage="No results"
          onChange={(value) => test.setIdentity(value === none ? null : value)}
        />
        <SegmentedControl
          aria-label="How to test"
          data={[
            { value: 'direct', label: 'Direct' },
            { value: 'browser', label: 'As the browser', disabled: problem !== null },
          ]}
          value={test.mode}
          onChange={(value) => test.setMode(value === 'browser' ? 'browser' : 'direct')}
        />
        {test.isRunning ? (
          <Button variant="default" onClick={test.cancel}>
            Cancel
          </Button>
        ) : (
          <Button
            variant={isTested ? 'default' : 'filled'}
            leftSection={<IconPlugConnected size={17} aria-hidden />}
            onClick={test.run}
          >
            Test connection
          </Button>
        )}
      </div>
      <Text size="sm" c="dimmed" mt={6} role="status">
        {test.isRunning ? `Connecting to ${host.hostname}, without and with the certificate…` : isTested ? null : way}
      </Text>
      {problem !== null && (
        <Text size="sm" c="dimmed">
          Testing as the browser is not possible here. {problem}
        </Text>
      )}
      {test.isRunning && <div className={styles.running} aria-hidden />}
    </div>
  )
}

const directWords = 'Latchkey makes the connection with the key it keeps. Nothing needs to be installed.'
const browserWords = 'A browser engine connects with the certificates installed on this computer, as your browser does.'
