import { failureWords } from '#shared/logic/failure-words'
import { type AttemptFacts, attemptFacts, hasAccessCookie, type Side } from '#shared/logic/test/facts'
import { isDemandShown, isGate } from '#shared/logic/test/verdict-kind'
import type { Attempt } from '#shared/model/attempt'
import type { Host } from '#shared/model/host'

interface AttemptWords {
  /** The status code, or that there was none, and what the server calls it. */
  status: string
  statusText: string
  color: 'teal' | 'orange' | 'red' | 'gray'
  sentence: string
}

/** One side in one sentence. A refusal for want of a certificate is the protection working, so it reads as good news. */
export function attemptWords(attempt: Attempt, side: Side, host: Host): AttemptWords {
  const { outcome } = attempt
  const status = outcome.kind === 'answered' ? String(outcome.status) : 'No answer'
  const statusText = outcome.kind === 'answered' ? outcome.statusText : ''
  const facts = attemptFacts(attempt, host, side)
  return { status, statusText, ...(side === 'without' ? withoutWords(facts) : withWords(facts)) }
}

type Words = Pick<AttemptWords, 'color' | 'sentence'>

function withoutWords(facts: AttemptFacts): Words {
  switch (facts.treatment) {
    case 'access-refused':
      return { color: 'teal', sentence: 'Refused, as it should be.' }
    case 'refused':
      return isGate(facts)
        ? { color: 'teal', sentence: 'Refused, as it should be.' }
        : { color: 'gray', sentence: 'Refused. Nothing shows that certificates are checked.' }
    case 'demanded':
      if (!isDemandShown(facts)) return { color: 'gray', sentence: 'It asked for a certificate, then gave no answer.' }
      return {
        color: 'teal',
        sentence:
          facts.status === null
            ? 'Refused in the handshake, as it should be: the server insists on a certificate.'
            : 'Refused, as it should be: the server insists on a certificate.',
      }
    case 'in':
      return { color: 'orange', sentence: 'Let in without a certificate.' }
    default:
      return otherWords(facts)
  }
}

function withWords(facts: AttemptFacts): Words {
  const { attempt, treatment, asked, sent } = facts
  switch (treatment) {
    case 'in':
      return { color: 'teal', sentence: hasAccessCookie(attempt) ? 'Let in, with the Access cookie.' : 'Let in.' }
    case 'login':
      return { color: 'teal', sentence: 'Sent on to the login.' }
    case 'rejected':
      if (facts.cutAfterQuestion && facts.isHandshakeAccepted)
        return { color: 'red', sentence: 'The connection was closed after the handshake.' }
      return { color: 'red', sentence: 'The certificate was rejected.' }
    case 'demanded':
      return { color: 'red', sentence: 'Refused: the server insists on a certificate.' }
    case 'access-refused':
    case 'refused':
      if (attempt.access.mtlsStatus?.toUpperCase().startsWith('SUCCESS'))
        return { color: 'red', sentence: 'Certificate verified, still refused.' }
      if (asked === 'no') return { color: 'red', sentence: 'Refused. The server never asked for the certificate.' }
      return { color: 'red', sentence: sent === 'no' ? 'Refused. The certificate was not sent.' : 'Refused.' }
    default:
      return otherWords(facts)
  }
}

function otherWords({ attempt: { outcome }, treatment }: AttemptFacts): Words {
  if (treatment === 'untrusted') return { color: 'orange', sentence: 'The server’s own certificate is not trusted.' }
  if (outcome.kind === 'failed') return { color: 'red', sentence: failureWords[outcome.reason] }
  if (treatment === 'login') return { color: 'gray', sentence: 'Sent to the login.' }
  if (treatment === 'sent-elsewhere') return { color: 'gray', sentence: 'Sent elsewhere, which is not entry.' }
  if (treatment === 'blocked') return { color: 'red', sentence: 'Blocked before the site was reached.' }
  return { color: 'gray', sentence: 'Answered, neither let in nor refused.' }
}
