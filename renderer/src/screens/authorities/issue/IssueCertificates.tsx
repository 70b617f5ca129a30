import { ActionIcon, Text, Title } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { useState } from 'react'
import { isolated } from '#shared/logic/isolate'
import type { AuthoritySummary } from '#shared/model/authority'
import { OffByPolicy, useRestriction } from '../../../components/OffByPolicy'
import textStyles from '../../../components/text.module.css'
import { keptRequests } from '../../../import/requests'
import { useNavigation, usePlace } from '../../../navigation'
import issuerPage from '../issuer-page.module.css'
import { ChooseRequests } from './ChooseRequests'
import { type IssueResult, IssueResultCard } from './IssueResultCard'
import { ReadRequests } from './ReadRequests'

/** From requests to certificates: choose, look, decide, sign. Nothing is signed that was not looked at. */
export function IssueCertificates({ issuer }: { issuer: AuthoritySummary }) {
  const { go } = useNavigation()
  const { requests } = usePlace('authorities')
  const isOff = useRestriction('issuing') !== null
  const sources = requests === null ? [] : keptRequests(requests)
  const [outcome, setOutcome] = useState<IssueResult | null>(null)
  const again = () => {
    setOutcome(null)
    go({ screen: 'authorities', requests: null })
  }
  return (
    <div className={issuerPage.page}>
      <div className={issuerPage.head}>
        <ActionIcon
          variant="default"
          size="lg"
          aria-label={`Back to ${isolated(issuer.name)}`}
          onClick={() => go({ screen: 'authorities', issuer: issuer.id, issuerView: 'overview', requests: null })}
        >
          <IconArrowLeft size={18} aria-hidden />
        </ActionIcon>
        <div>
          <Title order={1}>Issue certificates</Title>
          <Text size="sm" c="dimmed" className={textStyles.wrap}>
            Signed by {issuer.name}
          </Text>
        </div>
      </div>
      {outcome !== null && <IssueResultCard issuer={issuer} {...outcome} onAgain={again} />}
      {isOff && <OffByPolicy what="issuing" label="Nothing is issued on this computer" />}
      {outcome === null && !isOff && sources.length === 0 && <ChooseRequests issuer={issuer} />}
      {outcome === null && !isOff && requests !== null && sources.length > 0 && (
        <ReadRequests issuer={issuer} requests={requests} sources={sources} onIssued={setOutcome} />
      )}
    </div>
  )
}
