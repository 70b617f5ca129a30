import { Button } from '@mantine/core'
import { isUrgent } from '#shared/logic/expiring/stages'
import { endTitle } from '#shared/logic/expiring/words'
import { formatDate } from '#shared/logic/formatting'
import { quoted } from '#shared/logic/isolate'
import type { IdentityDetail, IdentitySummary } from '#shared/model/identity'
import type { Replacement } from '#shared/model/renewal'
import { NextCard } from '../../../components/NextCard'
import { useNavigation } from '../../../navigation'

interface ReplacementProps {
  detail: IdentityDetail
  replacement: Replacement
}

/** On the page of the old certificate, until the new one comes. Its own end stays in the headline once that is near. */
export function ReplacementRequested({ detail: { summary }, replacement, now }: ReplacementProps & { now: Date }) {
  const tone = toneOf(summary, now)
  const requested = `Replacement requested on ${formatDate(replacement.requestedAt)}`
  return (
    <NextCard
      title={tone === null || summary.notAfter === null ? requested : endTitle(summary.notAfter, now)}
      {...(tone === null ? {} : { tone })}
      action={<OpenReplacement replacement={replacement}>Open the request</OpenReplacement>}
    >
      {tone === null ? '' : `${requested}. `}When the new certificate arrives, drop it anywhere. This one stays until
      the new one works.
    </NextCard>
  )
}

const toneOf = ({ status, notAfter }: IdentitySummary, now: Date): 'orange' | 'red' | null => {
  if (notAfter === null || (status !== 'expiring' && status !== 'expired')) return null
  return isUrgent(notAfter, now) ? 'red' : 'orange'
}

/** Once the new one has come: the rest is on its page. */
export function ReplacedBy({ replacement }: { replacement: Replacement }) {
  return (
    <NextCard
      title={`Replaced by ${quoted(replacement.name)}`}
      action={<OpenReplacement replacement={replacement}>Open the new certificate</OpenReplacement>}
    >
      The new one is valid until {formatDate(replacement.notAfter ?? '')}. This one stays until you remove it.
    </NextCard>
  )
}

function OpenReplacement({ replacement, children }: { replacement: Replacement; children: string }) {
  const { go } = useNavigation()
  return <Button onClick={() => go({ screen: 'certificates', identity: replacement.identity })}>{children}</Button>
}
