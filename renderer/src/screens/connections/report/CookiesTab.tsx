import { Badge, Button, Group, Stack, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { countOf, formatDateTime } from '#shared/logic/formatting'
import type { Side } from '#shared/logic/test/facts'
import type { Attempt, CookieView, TokenView } from '#shared/model/attempt'
import type { ProbeReport } from '#shared/model/probe'
import { call, useAction } from '../../../api'
import { CopyButton } from '../../../components/CopyButton'
import { ErrorNotice } from '../../../components/ErrorNotice'
import { type Fact, Facts } from '../../../components/Facts'
import { GlossaryTerm } from '../../../components/GlossaryTerm'
import layout from '../../../components/layout.module.css'
import textStyles from '../../../components/text.module.css'

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

interface CookieCardProps {
  cookie: CookieView
  side: Side
  report: string
  token: TokenView | null
}

function CookieCard({ cookie, side, report, token }: CookieCardProps) {
  return (
    <div className={layout.card}>
      <Stack gap="sm">
        <Group gap="xs">
          <Text fw={600} className={textStyles.mono}>
            {cookie.name}
          </Text>
          <Flag set={cookie.secure} yes="Secure" no="Not Secure" />
          <Flag set={cookie.httpOnly} yes="HttpOnly" no="Readable by scripts" />
          <Badge color="gray">{cookie.sameSite === null ? 'No SameSite' : `SameSite ${cookie.sameSite}`}</Badge>
        </Group>
        {token !== null && <Facts facts={tokenFacts(token)} />}
        <Facts
          facts={[
            ['Kept until', lifetime(cookie)],
            ['For', `${cookie.domain ?? 'this host only'}${cookie.path ?? ''}`],
            [
              'Value',
              <CookieValue key="value" report={report} side={side} name={cookie.name} length={cookie.valueLength} />,
            ],
          ]}
        />
      </Stack>
    </div>
  )
}

const Flag = ({ set, yes, no }: { set: boolean; yes: string; no: string }) => (
  <Badge color={set ? 'teal' : 'gray'}>{set ? yes : no}</Badge>
)

function lifetime({ expires, maxAge }: CookieView): string {
  if (maxAge !== null) return `${countOf(Math.round(maxAge / 60), 'minute')} after it was set`
  return expires === null ? 'the browser closes' : formatDateTime(expires)
}

const signatures = {
  valid: 'Valid, checked with the team’s published keys',
  invalid: 'Not valid',
  unchecked: 'Not checked',
} as const

/** The JWT inside CF_Authorization, as far as Cloudflare filled it in. */
function tokenFacts(token: TokenView): Fact[] {
  const note = token.signatureNote === null ? '' : ` (${token.signatureNote})`
  return [
    [<GlossaryTerm key="term" term="Common Name" />, token.commonName ?? 'not named'],
    ['Signature', `${signatures[token.signature]}${note}`],
    ['Algorithm', [token.algorithm, token.keyId].filter((part) => part !== null).join(', key ')],
    ['Issued by', token.issuer],
    ['Issued', token.issuedAt === null ? null : formatDateTime(token.issuedAt)],
    ['Expires', token.expiresAt === null ? null : formatDateTime(token.expiresAt)],
    [<GlossaryTerm key="term" term="Audience" />, token.audience.join(', ')],
  ]
}

interface CookieValueProps {
  report: string
  side: Side
  name: string
  length: number
}

/** Masked until asked for; whoever has the value is let in. */
function CookieValue({ report, side, name, length }: CookieValueProps) {
  const [value, setValue] = useState<string | null>(null)
  const show = useAction('connections.cookie')
  const reveal = () => show.mutate({ report, side, name }, { onSuccess: (answer) => setValue(answer.value) })
  return (
    <>
      <Group gap="xs">
        {value === null && <Text size="sm">•••••••• ({countOf(length, 'character')})</Text>}
        <Button
          size="compact-xs"
          variant="default"
          loading={show.isPending}
          aria-label={value === null ? `Show the value of ${name}` : `Hide the value of ${name}`}
          onClick={() => (value === null ? reveal() : setValue(null))}
        >
          {value === null ? 'Show' : 'Hide'}
        </Button>
        {value !== null && (
          <CopyButton
            iconOnly
            label="Copy the value"
            text={async () => (await call('connections.cookie', { report, side, name })).value}
          />
        )}
      </Group>
      {value !== null && (
        <Text className={`${textStyles.mono} ${textStyles.wrap}`} mt={6}>
          {value}
        </Text>
      )}
      {show.error !== null && <ErrorNotice error={show.error} />}
    </>
  )
}
