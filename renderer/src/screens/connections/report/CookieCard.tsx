import { Badge, Group, Stack, Text } from '@mantine/core'
import { formatDateTime } from '#shared/logic/formatting'
import type { CookieView, TokenView } from '#shared/model/probe'
import { Explained } from '../../../components/Explained'
import { type Fact, Facts } from '../../../components/Facts'
import type { Side } from './attempt-words'
import { CookieValue } from './CookieValue'

interface CookieCardProps {
  cookie: CookieView
  side: Side
  report: string
  token: TokenView | null
}

export function CookieCard({ cookie, side, report, token }: CookieCardProps) {
  return (
    <div className="card">
      <Stack gap="sm">
        <Group gap="xs">
          <Text fw={600} className="mono">
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
  if (maxAge !== null) return `${Math.round(maxAge / 60)} minutes after it was set`
  return expires === null ? 'the browser closes' : formatDateTime(expires)
}

const signatures = {
  valid: 'Valid, checked with the team’s published keys',
  invalid: 'Does not fit',
  unchecked: 'Not checked',
} as const

/** The JWT inside CF_Authorization, as far as Cloudflare filled it in. */
function tokenFacts(token: TokenView): Fact[] {
  const note = token.signatureNote === null ? '' : ` (${token.signatureNote})`
  return [
    [<Explained key="term" term="Common Name" />, token.commonName ?? 'not named'],
    ['Signature', `${signatures[token.signature]}${note}`],
    ['Algorithm', [token.algorithm, token.keyId].filter((part) => part !== null).join(', key ')],
    ['Issued by', token.issuer],
    ['Issued', token.issuedAt === null ? null : formatDateTime(token.issuedAt)],
    ['Expires', token.expiresAt === null ? null : formatDateTime(token.expiresAt)],
    [<Explained key="term" term="Audience" />, token.audience.join(', ')],
  ]
}
