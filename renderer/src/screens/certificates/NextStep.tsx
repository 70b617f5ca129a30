import { Button, Group, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { expirySentence } from '#shared/logic/expiry'
import { formatDate } from '#shared/logic/formatting'
import type { IdentityDetail } from '#shared/model/identity'
import { useNavigation } from '../../navigation'
import { NextInstall } from './NextInstall'
import { nextAction } from './next-action'
import { SendRequest } from './SendRequest'

/** One card that says what to do now. */
export function NextStep({ detail, now }: { detail: IdentityDetail; now: Date }) {
  const { summary, tests } = detail
  switch (nextAction(detail)) {
    case 'send-request':
      return <SendRequest detail={detail} />
    case 'install':
      return <NextInstall detail={detail} mode="install" />
    case 'trust':
      return <NextInstall detail={detail} mode="trust" />
    case 'test':
      return (
        <Card title="See whether it lets you in" action={<TestButton detail={detail} />}>
          Latchkey asks the site twice, without and with your certificate, and tells you what happened.
        </Card>
      )
    case 'look-at-test':
      return (
        <Card title={tests[0]?.sentence ?? 'The last test did not succeed.'} action={<TestButton detail={detail} />}>
          The test says what is wrong and who can put it right.
        </Card>
      )
    case 'wait':
      return (
        <Card title={`Not valid before ${formatDate(summary.notBefore ?? '')}`}>
          Check this computer’s clock, or wait until then. You can install it already.
        </Card>
      )
    case 'renew':
      return (
        <Card
          title={expirySentence(summary.notBefore ?? '', summary.notAfter ?? '', now)}
          action={<RenewButton name={summary.name} />}
        >
          The old one stays until the new one works.
        </Card>
      )
    case 'renew-soon':
      return (
        <Card title="It works, but not for much longer" action={<RenewButton name={summary.name} />}>
          Make the next one in good time. The old one stays until the new one works.
        </Card>
      )
    case 'ask-again':
      return (
        <Card title="Latchkey does not have its private key" action={<RenewButton name={summary.name} />}>
          Without it this cannot be installed. If you have the key in a file, drop it anywhere; otherwise make a new
          request.
        </Card>
      )
    case 'nothing':
      return null
  }
}

export function Card({ title, action, children }: { title: string; action?: ReactNode; children: ReactNode }) {
  return (
    <section className="next" aria-label="What to do next">
      <Group justify="space-between" gap="md">
        <Stack gap={2} flex="1 1 260px">
          <Text fw={650}>{title}</Text>
          <Text size="sm" c="dimmed" component="div">
            {children}
          </Text>
        </Stack>
        {action}
      </Group>
    </section>
  )
}

function RenewButton({ name }: { name: string }) {
  const { open } = useNavigation()
  return <Button onClick={() => open('new', name)}>Make a new request</Button>
}

function TestButton({ detail }: { detail: IdentityDetail }) {
  const { go } = useNavigation()
  const host = detail.tests[0]?.host
  return (
    <Button
      onClick={() =>
        go({
          screen: 'connections',
          testWith: detail.summary.id,
          report: null,
          ...(host === undefined ? {} : { host }),
        })
      }
    >
      Test connection
    </Button>
  )
}
