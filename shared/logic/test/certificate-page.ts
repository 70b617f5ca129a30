import type { Answered } from '../../model/attempt'

type CertificatePage =
  | 'certificate-demanded'
  | 'certificate-rejected'
  | 'certificate-called-revoked'
  | 'certificate-called-outdated'

/** nginx answers both with status 400; its own pages tell them apart (ngx_http_special_response.c). */
const nginxDemands = /No required SSL certificate was sent/u
const nginxRejects = /The SSL certificate error/u

/** nginx' own numbers (ngx_http_request.h), which other servers send as they are. */
const nginxNumbers: Record<number, CertificatePage> = { 495: 'certificate-rejected', 496: 'certificate-demanded' }

/** The title or heading of IIS' page: “HTTP Error 403.7 - Forbidden”, “403.13 Client Certificate Revoked” in older ones. */
const iisHeading =
  /(?:Detailed Error - |HTTP Error )403\.(7|13|16|17)\b|\b403\.(7|13|16|17)(?: Forbidden:)? Client certificate\b/iu

/** What IIS means by them (Microsoft, “HTTP status code overview”). 403.16: not trusted, or invalid in another way. */
const iisNumbers: Record<string, CertificatePage> = {
  7: 'certificate-demanded',
  13: 'certificate-called-revoked',
  16: 'certificate-rejected',
  17: 'certificate-called-outdated',
}

/** What an answer says of the certificate that came, or did not come, in words that only servers use who mean that. */
export function certificatePage({ status, body }: Answered): CertificatePage | null {
  if (status === 400 && nginxDemands.test(body)) return 'certificate-demanded'
  if (status === 400 && nginxRejects.test(body)) return 'certificate-rejected'
  if (status !== 403) return nginxNumbers[status] ?? null
  const [, current, older] = iisHeading.exec(body) ?? []
  return iisNumbers[current ?? older ?? ''] ?? null
}
