import { Stack, Text, Title } from '@mantine/core'
import type { Attempt, ProbeReport } from '#shared/model/probe'
import type { Side } from './attempt-words'
import { CookieCard } from './CookieCard'

/** The cookies that each side set. Values stay in the main process until they are asked for. */
export function CookiesTab({ report }: { report: ProbeReport }) {
  return (
    <Stack>
      {report.with !== null && (
        <SideCookies title="With certificate" side="with" attempt={report.with} report={report.id} />
      )}
      <SideCookies title="Without certificate" side="without" attempt={report.without} report={report.id} />
    </Stack>
  )
}

interface SideCookiesProps {
  title: string
  side: Side
  attempt: Attempt
  report: string
}

function SideCookies({ title, side, attempt, report }: SideCookiesProps) {
  const cookies = attempt.outcome.kind === 'answered' ? attempt.outcome.cookies : []
  return (
    <section>
      <Title order={3} mb="xs">
        {title}
      </Title>
      {cookies.length === 0 && (
        <Text size="sm" c="dimmed">
          {side === 'without' ? 'No cookie was set, as it should be.' : 'No cookie was set.'}
        </Text>
      )}
      <Stack gap="sm">
        {cookies.map((cookie) => (
          <CookieCard
            key={`${cookie.name} ${cookie.domain} ${cookie.path}`}
            cookie={cookie}
            side={side}
            report={report}
            token={cookie.name === 'CF_Authorization' ? attempt.access.token : null}
          />
        ))}
      </Stack>
    </section>
  )
}
