import type { AuthoritySummary, IssueOutcome, RequestBatch } from '#shared/model/authority'
import { call } from '../../../api'
import { type SigningForm, signatureOf } from '../fields/signing-form'
import { choicesFrom, type Reviewed } from './review'

interface Signing {
  issuer: AuthoritySummary
  batch: RequestBatch
  all: Reviewed[]
  form: SigningForm
  job: string
}

export function signRequests({ issuer, batch, all, form, job }: Signing): Promise<IssueOutcome> {
  const choices = choicesFrom(all, form.days)
  return call('authorities.issue', { ...signatureOf(issuer, form), batch: batch.batch, choices, job })
}
