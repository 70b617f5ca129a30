import { Button, Group, Text, Title, UnstyledButton } from '@mantine/core'
import { IconCircleCheck, IconCircleX } from '@tabler/icons-react'
import { formatAgo } from '#shared/logic/formatting'
import { withIsolatedNames } from '#shared/logic/isolate'
import type { IdentityDetail } from '#shared/model/identity'
import { useAction } from '../../api'
import { ErrorNotice } from '../../components/ErrorNotice'
import layout from '../../components/layout.module.css'
import textStyles from '../../components/text.module.css'
import { useNavigation } from '../../navigation'
import styles from './TestsCard.module.css'

export function TestsCard({ detail, now }: { detail: IdentityDetail; now: Date }) {
  const { go } = useNavigation()
  const open = useAction('connections.openInBrowser')
  return (
    <section className={layout.card} aria-label="Tests">
      <Group justify="space-between" mb="sm">
        <Title order={3}>Tests</Title>
        <Button
          size="xs"
          variant="light"
          onClick={() => go({ screen: 'connections', testWith: detail.summary.id, report: null })}
        >
          Test a site
        </Button>
      </Group>
      {detail.tests.length === 0 && (
        <Text size="sm" c="dimmed">
          Not tested yet.
        </Text>
      )}
      {detail.tests.map((test) => {
        const Icon = test.good ? IconCircleCheck : IconCircleX
        return (
          <Group key={test.report} gap="xs" justify="space-between">
            <UnstyledButton
              className={styles.test}
              onClick={() => go({ screen: 'connections', host: test.host, report: test.report })}
            >
              <Group gap="xs" wrap="nowrap" align="flex-start">
                <Icon size={18} color={`var(--mantine-color-${test.good ? 'teal' : 'red'}-text)`} aria-hidden />
                <div>
                  <Text size="sm" fw={600} className={textStyles.wrap}>
                    {test.address}
                  </Text>
                  <Text size="xs" c="dimmed">
                    {withIsolatedNames(test.sentence)} · {formatAgo(test.at, now)}
                  </Text>
                </div>
              </Group>
            </UnstyledButton>
            {test.good && (
              <Button
                size="xs"
                variant="default"
                aria-label={`Open in browser: ${test.address}`}
                loading={open.isPending && open.variables.host === test.host}
                onClick={() => open.mutate({ host: test.host })}
              >
                Open in browser
              </Button>
            )}
          </Group>
        )
      })}
      {open.error !== null && <ErrorNotice error={open.error} />}
    </section>
  )
}
