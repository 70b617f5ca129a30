import { faultOfText, nameBounds } from '#shared/logic/name-rules'
import type { IssuedCertificate } from '#shared/model/authority'
import { useAnswer } from '../../../api'
import type { ReviewEntry } from './request-review'

/** Another key has a certificate with this name. It may be the same person with a new computer, so whoever signs is told. */
export function useNamesake({ request, decision: { names } }: ReviewEntry): IssuedCertificate | null {
  const wanted = names.kind === 'decided' ? names.subject.commonName.trim() : request.requested.commonName
  const commonName = wanted !== null && faultOfText(wanted, nameBounds.commonName) === null ? wanted : ''
  const isAsked = request.refusal === null
  const { data } = useAnswer('authorities.namesake', { commonName, keyCode: request.keyCode }, { enabled: isAsked })
  return data ?? null
}
