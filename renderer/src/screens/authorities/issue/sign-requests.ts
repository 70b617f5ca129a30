import type { AuthoritySummary, IssueOutcome, RequestBatch } from '#shared/model/authority'
import { call } from '../../../api'
import { choicesFrom, type Reviewed } from './review'

interface Signing {
  issuer: AuthoritySummary
  batch: RequestBatch
  all: Reviewed[]
  days: number
  passphrase: string
  job: string
}

export function signRequests({ issuer, batch, all, days, passphrase, job }: Signing): Promise<IssueOutcome> {
  const choices = choicesFrom(all, days)
  return call('authorities.issue', { authority: issuer.id, passphrase, batch: batch.batch, choices, job })
}
