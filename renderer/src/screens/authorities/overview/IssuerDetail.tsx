import { Tabs } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useState } from 'react'
import { expirySentence } from '#shared/logic/expiry'
import { formatDateTime, formatFingerprint, formatSerial } from '#shared/logic/formatting'
import { isolated, quoted } from '#shared/logic/isolate'
import { keyUsageWords } from '#shared/logic/key-usage'
import { issuerName } from '#shared/logic/naming'
import type { AuthorityDetail, AuthoritySummary } from '#shared/model/authority'
import { useAction, useAnswer } from '../../../api'
import { useCalendarAction } from '../../../components/AddToCalendar'
import { Answered } from '../../../components/Answered'
import { ChainList } from '../../../components/ChainList'
import { DetailTop } from '../../../components/DetailTop'
import { Facts, Mono } from '../../../components/Facts'
import { GlossaryTerm } from '../../../components/GlossaryTerm'
import layout from '../../../components/layout.module.css'
import { AllFieldsButton } from '../../../components/object-details/PemDetails'
import { SaveResult } from '../../../components/SaveResult'
import { StepLine } from '../../../components/StepLine'
import { ThingMenuItems, useShownThing } from '../../../components/shown-thing'
import { useNow } from '../../../components/use-now'
import { issuerWords } from '../issuer-words'
import { ChainCard } from './ChainCard'
import { CrlCard } from './CrlCard'
import { IssueCard } from './IssueCard'
import { issuerActions } from './issuer-actions'
import { issuerSteps } from './issuer-steps'
import { LastCrlNotice } from './LastCrlNotice'
import { NextIssuerTask } from './NextIssuerTask'
import styles from './overview.module.css'
import { SuccessorCard } from './SuccessorCard'
import { type Task, TaskWindow } from './TaskWindow'

export function IssuerDetail({ id }: { id: string }) {
  const query = useAnswer('authorities.detail', { authority: id })
  const now = useNow()
  const [task, setTask] = useState<Task | null>(null)
  return (
    <Answered query={query} onRetry={query.refetch} loader={{}}>
      {(detail) => (
        <>
          <IssuerHead detail={detail} now={now} onTask={setTask} />
          <StepLine label="Progress of this issuer" steps={issuerSteps(detail, now)} />
          {detail.summary.needsLastCrl ? (
            <LastCrlNotice issuer={detail.summary} />
          ) : (
            <NextIssuerTask detail={detail} now={now} onTask={setTask} />
          )}
          <div className={`${layout.cards} ${styles.cards}`}>
            <ChainCard detail={detail} />
            <IssueCard detail={detail} onTemplates={() => setTask('templates')} />
            <CrlCard issuer={detail.summary} now={now} onWrite={() => setTask('crl')} />
            <SuccessorCard issuer={detail.summary} now={now} onReplace={() => setTask('successor')} />
          </div>
          <IssuerTabs detail={detail} />
          {task !== null && <TaskWindow task={task} detail={detail} onClose={() => setTask(null)} />}
        </>
      )}
    </Answered>
  )
}

interface HeadProps {
  detail: AuthorityDetail
  now: Date
  onTask(task: Task): void
}

function IssuerHead({ detail: { summary, certificate }, now, onTask }: HeadProps) {
  const calendar = useCalendarAction({ issuer: summary.id })
  const actions = [...issuerActions(summary, now, onTask), calendar]
  const saveChain = useAction('authorities.saveChain')
  useShownThing(summary, [
    ...actions.slice(0, -1),
    {
      id: 'save-chain',
      label: 'Save the chain file',
      words: 'download export pem ca certificates bundle root intermediate upload access',
      Icon: IconDownload,
      run: () => saveChain.mutate({ authority: summary.id }),
    },
    ...actions.slice(-1),
  ])
  const signer = summary.isRoot ? 'Root, self-signed' : `Intermediate, signed by ${isolated(issuerName(certificate))}`
  return (
    <>
      <DetailTop
        name={summary.name}
        badge={issuerWords(summary, now)}
        facts={[
          ...(summary.archivedAt === null ? [] : ['Archived']),
          signer,
          expirySentence(summary.notBefore, summary.notAfter, now),
        ]}
        menu={<ThingMenuItems actions={actions} />}
      />
      <SaveResult save={saveChain} />
    </>
  )
}

function IssuerTabs({ detail }: { detail: AuthorityDetail }) {
  return (
    <Tabs defaultValue="details" mt="lg">
      <Tabs.List aria-label="More about this issuer">
        <Tabs.Tab value="details">Details</Tabs.Tab>
        <Tabs.Tab value="chain">Chain</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="details" pt="md">
        <IssuerFacts detail={detail} />
      </Tabs.Panel>
      <Tabs.Panel value="chain" pt="md">
        <ChainList chain={detail.chain} lowest={detail.summary.isRoot ? 'Root' : 'Intermediate'} />
      </Tabs.Panel>
    </Tabs>
  )
}

/** What the issuer's own certificate says. */
function IssuerFacts({ detail: { summary, certificate } }: { detail: AuthorityDetail }) {
  return (
    <>
      <Facts
        facts={[
          ['Subject', certificate.subject],
          ['Issued by', certificate.selfSigned ? 'itself' : certificate.issuer],
          ['Valid', `${formatDateTime(certificate.notBefore)} to ${formatDateTime(certificate.notAfter)}`],
          ['Key', `${summary.algorithm}, ${whereKeyIs(summary)}`],
          [<GlossaryTerm key="t" term="Key code" />, <Mono key="v" text={summary.keyCode} />],
          [<GlossaryTerm key="t" term="Allowed uses" />, certificate.keyUsage.map(keyUsageWords).join(', ')],
          [<GlossaryTerm key="t" term="Signature" />, certificate.signatureAlgorithm],
          [<GlossaryTerm key="t" term="Serial number" />, <Mono key="v" text={formatSerial(certificate.serial)} />],
          [<GlossaryTerm key="t" term="SHA-256" />, <Mono key="v" text={formatFingerprint(certificate.sha256)} />],
          [<GlossaryTerm key="t" term="SHA-1" />, <Mono key="v" text={formatFingerprint(certificate.sha1)} />],
        ]}
      />
      <div className={styles.belowFacts}>
        <AllFieldsButton pem={certificate.pem} what="certificate" />
      </div>
    </>
  )
}

function whereKeyIs({ hasKey, signer }: AuthoritySummary): string {
  if (hasKey) return 'sealed in Latchkey'
  return signer === null ? 'not in Latchkey' : `at the signer ${signer.address}, profile ${quoted(signer.profile)}`
}
