import { Button } from '@mantine/core'
import { isUrgent } from '#shared/logic/expiring/stages'
import { expirySentence } from '#shared/logic/expiry'
import type { AuthorityDetail, AuthoritySummary } from '#shared/model/authority'
import { useAction } from '../../../api'
import { ErrorNotice } from '../../../components/ErrorNotice'
import { NextCard } from '../../../components/NextCard'
import { useNavigation } from '../../../navigation'
import { crlWords } from '../issuer-words'
import { nextTask } from './next-task'
import type { Task } from './TaskWindow'

interface NextProps {
  detail: AuthorityDetail
  now: Date
  onTask(task: Task): void
}

/** One card that says what to do now. */
export function NextIssuerTask({ detail, now, onTask }: NextProps) {
  const { go, open } = useNavigation()
  const { summary } = detail
  switch (nextTask(detail, now)) {
    case 'make-intermediate':
      return (
        <NextCard
          title="Make an intermediate next"
          action={<Button onClick={() => onTask('intermediate')}>Create an intermediate</Button>}
        >
          It signs the certificates of people and devices, so the root’s key is rarely needed. An intermediate is easier
          to replace than a root.
        </NextCard>
      )
    case 'save-chain':
      return (
        <NextCard
          title="Ready to sign"
          action={
            <Button
              onClick={() => go({ screen: 'authorities', issuer: summary.id, issuerView: 'issue', requests: null })}
            >
              Issue a certificate
            </Button>
          }
        >
          Give the chain below to Access, then sign the first request.
        </NextCard>
      )
    case 'write-crl':
      return (
        <NextCard
          title={summary.crlDue === 'now' ? 'A new revocation list is due' : 'The revocation list ends soon'}
          tone="orange"
          action={summary.hasKey && <Button onClick={() => onTask('crl')}>Write a new list</Button>}
        >
          {crlWords(summary, now)}
        </NextCard>
      )
    case 'replace':
      return (
        <NextCard
          title={expirySentence(summary.notBefore, summary.notAfter, now)}
          tone="red"
          action={<Button onClick={() => onTask('successor')}>Create a successor</Button>}
        >
          Nothing that it has signed is accepted any more. A successor takes its place with a new key.
        </NextCard>
      )
    case 'replace-soon':
      return (
        <NextCard
          title={expirySentence(summary.notBefore, summary.notAfter, now)}
          tone={isUrgent(summary.notAfter, now) ? 'red' : 'orange'}
          action={<Button onClick={() => onTask('successor')}>Create a successor</Button>}
        >
          Everything it has signed expires with it. Create its successor now. The old one stays until the new one works.
        </NextCard>
      )
    case 'archived':
      return (
        <NextCard title="Archived" action={<BringBack issuer={summary.id} />}>
          It is hidden from the list, and nothing is issued with it. Latchkey still warns before it or its revocation
          list expires.
        </NextCard>
      )
    case 'look-at-successor':
      return (
        <NextCard
          title="A successor has taken over"
          action={
            <Button onClick={() => go({ screen: 'authorities', issuer: summary.successor, issuerView: 'overview' })}>
              Go to the successor
            </Button>
          }
        >
          Leave this one at Access until its last certificate has expired or been replaced.
        </NextCard>
      )
    case 'no-key':
      return (
        <NextCard
          title="Only its certificate is here"
          action={
            <Button variant="default" onClick={() => open('import-issuer')}>
              Import its key
            </Button>
          }
        >
          You can view it and upload it to Access, but it cannot sign here.
        </NextCard>
      )
    case 'nothing':
      return null
  }
}

function BringBack({ issuer }: { issuer: AuthoritySummary['id'] }) {
  const archive = useAction('authorities.archive')
  return (
    <>
      <Button
        variant="default"
        loading={archive.isPending}
        onClick={() => archive.mutate({ authority: issuer, archived: false })}
      >
        Bring back
      </Button>
      {archive.error !== null && <ErrorNotice error={archive.error} />}
    </>
  )
}
