import { failureWords } from '#shared/logic/failure-words'
import { hasToken, resultOf } from '#shared/logic/verdict'
import type { Attempt } from '#shared/model/probe'

export type Side = 'without' | 'with'

interface AttemptWords {
  /** The status code, or that there was none, and what the server calls it. */
  status: string
  statusText: string
  color: 'teal' | 'orange' | 'red' | 'gray'
  sentence: string
}

/** One side in one sentence. A refusal without a certificate is the protection working, so it reads as good news. */
export function attemptWords(attempt: Attempt, side: Side): AttemptWords {
  const { outcome } = attempt
  const status = outcome.kind === 'answered' ? String(outcome.status) : 'No answer'
  const statusText = outcome.kind === 'answered' ? outcome.statusText : ''
  return { status, statusText, ...(side === 'without' ? withoutWords(attempt) : withWords(attempt)) }
}

type Words = Pick<AttemptWords, 'color' | 'sentence'>

function withoutWords(attempt: Attempt): Words {
  switch (resultOf(attempt)) {
    case 'refused':
      return { color: 'teal', sentence: 'Refused, as it should be.' }
    case 'demanded':
      return {
        color: 'teal',
        sentence: 'Refused in the handshake, as it should be: the server insists on a certificate.',
      }
    case 'in':
      return { color: 'orange', sentence: 'Let in without a certificate.' }
    case 'login':
      return { color: 'gray', sentence: 'Sent to the login.' }
    default:
      return otherWords(attempt)
  }
}

function withWords(attempt: Attempt): Words {
  const { access, tls } = attempt
  switch (resultOf(attempt)) {
    case 'in':
      return { color: 'teal', sentence: hasToken(attempt) ? 'Let in, with the Access cookie.' : 'Let in.' }
    case 'login':
      return { color: 'teal', sentence: 'Sent on to the login.' }
    case 'refused':
      if (access.mtlsStatus?.toUpperCase().startsWith('SUCCESS'))
        return { color: 'red', sentence: 'Certificate verified, still refused.' }
      if (tls?.asked === 'no') return { color: 'red', sentence: 'Refused. The server never asked for the certificate.' }
      return { color: 'red', sentence: tls?.sent === 'no' ? 'Refused. The certificate was not sent.' : 'Refused.' }
    default:
      return otherWords(attempt)
  }
}

function otherWords({ outcome }: Attempt): Words {
  if (outcome.kind === 'failed') return { color: 'red', sentence: failureWords[outcome.reason] }
  return { color: 'gray', sentence: 'Answered, neither let in nor refused.' }
}
