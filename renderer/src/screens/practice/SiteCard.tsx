import { Badge, Button, Group, Stack, Text, Title } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { certificateName } from '#shared/logic/naming'
import type { LabState } from '#shared/model/lab'
import { useAction } from '../../api'
import { CopyButton } from '../../components/CopyButton'
import { ErrorNotice } from '../../components/ErrorNotice'
import layout from '../../components/layout.module.css'
import textStyles from '../../components/text.module.css'
import { useNavigation } from '../../navigation'

/** The practice site itself: whether it runs, where, and who signs for it. */
export function SiteCard({ lab }: { lab: LabState }) {
  const start = useAction('lab.start')
  const stop = useAction('lab.stop')
  const save = useAction('lab.saveChain')
  const { go } = useNavigation()
  const error = start.error ?? stop.error ?? save.error
  const toggle = () => (lab.running ? stop.mutate(undefined) : start.mutate(undefined))
  const saveChain = () =>
    save.mutate(undefined, {
      onSuccess: ({ name }) =>
        void (name !== null && notifications.show({ color: 'teal', title: 'Saved', message: name })),
    })
  return (
    <section className={layout.card} aria-labelledby="practice-site">
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={2} id="practice-site">
            Practice site
          </Title>
          <Group gap={6}>
            {lab.scenario !== null && <Badge color="orange">Broken on purpose</Badge>}
            <Badge color={lab.running ? 'teal' : 'gray'}>{lab.running ? 'Running' : 'Stopped'}</Badge>
          </Group>
        </Group>
        {lab.address !== null && (
          <Group gap={4} wrap="nowrap">
            <Text size="sm" className={`${textStyles.mono} ${textStyles.wrap}`}>
              {lab.address}
            </Text>
            <CopyButton iconOnly label="Copy the address" text={lab.address} />
          </Group>
        )}
        {lab.chain.length > 0 && (
          <Text size="sm" c="dimmed">
            Issuer: {lab.chain.map(certificateName).join(', signed by ')}. It exists only while Latchkey runs.
          </Text>
        )}
        {error !== null && <ErrorNotice error={error} />}
        <Group gap="xs">
          <Button size="xs" variant="default" loading={start.isPending || stop.isPending} onClick={toggle}>
            {lab.running ? 'Stop the site' : 'Start the site'}
          </Button>
          {lab.host !== null && (
            <Button
              size="xs"
              variant="default"
              onClick={() => go({ screen: 'connections', host: lab.host, report: null })}
            >
              Open in Sites
            </Button>
          )}
          {lab.running && (
            <Button size="xs" variant="default" onClick={saveChain}>
              Save the issuer’s chain
            </Button>
          )}
        </Group>
      </Stack>
    </section>
  )
}
