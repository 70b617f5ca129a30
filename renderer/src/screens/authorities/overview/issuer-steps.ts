import { canSign, isCurrent } from '#shared/logic/issuers'
import type { AuthorityDetail } from '#shared/model/authority'
import type { Step, StepState } from '../../../components/StepLine'
import { hasEnded } from '../issuer-words'

/** Key → Certificate → Chain → Issuing → Revocation: what an issuer needs, and how far it is. */
export function issuerSteps({ summary, chainComplete, children }: AuthorityDetail, now: Date): Step[] {
  const ended = hasEnded(summary, now)
  const revocation = crlState(summary)
  const isBusy = summary.issued > 0 || children.length > 0
  const isNext = revocation !== 'next' && !summary.needsLastCrl
  const issuing: StepState = isBusy ? 'done' : !isCurrent(summary) || ended ? 'withheld' : isNext ? 'next' : 'later'
  return [
    {
      label: 'Key',
      explanation:
        summary.hasKey || summary.signer === null
          ? 'Its private key, sealed on this computer behind a passphrase of its own.'
          : `Its private key stays at the signer: ${summary.signer.address}.`,
      state: canSign(summary) ? 'done' : 'withheld',
    },
    {
      label: 'Certificate',
      explanation: 'Its name, its public key and how long it is valid. Anyone may see it.',
      state: ended ? 'failed' : 'done',
    },
    {
      label: 'Chain',
      explanation: 'Its certificate and those above it, up to the root. You upload these to Access.',
      state: chainComplete ? 'done' : 'failed',
    },
    {
      label: 'Issuing',
      explanation: 'It has signed at least one certificate.',
      state: issuing,
    },
    {
      label: 'Revocation',
      explanation: 'A current list (CRL) of the certificates that it has revoked.',
      state: revocation,
    },
  ]
}

function crlState({ crl, crlDue, hasKey }: AuthorityDetail['summary']): StepState {
  if (crlDue === 'now') return hasKey ? 'next' : 'failed'
  return crl === null ? 'later' : 'done'
}
