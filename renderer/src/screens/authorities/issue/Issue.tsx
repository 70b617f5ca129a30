import { ActionIcon, Text, Title } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { useState } from 'react'
import type { AuthoritySummary } from '#shared/model/authority'
import { useNavigation } from '../../../navigation'
import { ChooseRequests } from './ChooseRequests'
import { Outcome, type Signed } from './Outcome'
import { ReadRequests } from './ReadRequests'

/** From requests to certificates: choose, look, decide, sign. Nothing is signed that was not looked at. */
export function Issue({ issuer }: { issuer: AuthoritySummary }) {
  const { place, go } = useNavigation()
  const [outcome, setOutcome] = useState<Signed | null>(null)
  const again = () => {
    setOutcome(null)
    go({ requests: [] })
  }
  return (
    <div className="issue">
      <div className="page-head">
        <ActionIcon
          variant="default"
          size="lg"
          aria-label={`Back to ${issuer.name}`}
          onClick={() => go({ issuer: issuer.id, issuerView: 'overview', requests: [] })}
        >
          <IconArrowLeft size={18} aria-hidden />
        </ActionIcon>
        <div>
          <Title order={1}>Issue certificates</Title>
          <Text size="sm" c="dimmed" className="wrap">
            Signed by {issuer.name}
          </Text>
        </div>
      </div>
      {outcome !== null && <Outcome issuer={issuer} {...outcome} onAgain={again} />}
      {outcome === null && place.requests.length === 0 && <ChooseRequests issuer={issuer} />}
      {outcome === null && place.requests.length > 0 && (
        <ReadRequests issuer={issuer} sources={place.requests} onIssued={setOutcome} />
      )}
    </div>
  )
}
