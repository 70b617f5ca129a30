import type { Attempt } from '../../model/attempt'
import type { CauseCode } from '../../model/probe'
import { isTeam } from './answer-kind'
import type { Place, TestedIdentity } from './input'

/** What is wrong with an Access cookie, the gravest first, with what was seen. */
export interface TokenProblem {
  code: Extract<CauseCode, `token-${string}` | 'cookie-is-no-token'>
  evidence: string[]
}

/** Claims may be a little ahead of a clock that is a little late. */
const LEEWAY_MS = 60_000

/**
 * Every check that the holder of a cookie can make (RFC 7519 §4.1; Cloudflare, "Validate JWTs"): form, algorithm, signature
 * and key, dates, issuer, audience, name. Null where all hold. A check that cannot be made never counts as held: a token
 * whose keys cannot be fetched is `token-unverified`.
 */
export function tokenProblem(
  attempt: Attempt,
  before: Attempt,
  place: Place,
  identity: TestedIdentity | null,
): TokenProblem | null {
  const { token } = attempt.access
  if (token === null)
    return { code: 'cookie-is-no-token', evidence: ['The value of CF_Authorization is not a JSON Web Token.'] }
  const note = token.signatureNote === null ? [] : [token.signatureNote]
  if (token.signatureCheck === 'algorithm-refused')
    return {
      code: 'token-algorithm-refused',
      evidence: [`The cookie names the algorithm ${token.algorithm ?? 'none'}.`],
    }
  if (token.signatureCheck === 'key-unknown')
    return { code: 'token-key-unknown', evidence: [`None of the issuer’s keys is “${token.keyId ?? 'unnamed'}”.`] }
  if (token.signature === 'invalid') return { code: 'token-signature-invalid', evidence: note }
  return (
    wrongIssuer(attempt, before, place) ??
    withoutEnd(attempt) ??
    wrongDates(attempt) ??
    wrongAudience(attempt, before) ??
    wrongName(attempt, identity) ??
    (token.signature === 'valid' ? null : { code: 'token-unverified', evidence: note })
  )
}

function wrongIssuer({ access }: Attempt, before: Attempt, { practice, hostname, port }: Place): TokenProblem | null {
  const issuer = access.token?.issuer ?? null
  if (issuer === null) return { code: 'token-from-other-issuer', evidence: ['The cookie does not name its issuer.'] }
  if (practice)
    return issuer === `https://${hostname}:${port}`
      ? null
      : { code: 'token-from-other-issuer', evidence: [`${issuer} is not the practice site.`] }
  const host = /^https:\/\/([^/:?#]+)$/u.exec(issuer)?.[1] ?? null
  if (host === null || !isTeam(host))
    return {
      code: 'token-from-other-issuer',
      evidence: [`${issuer} is not the address of a team at Cloudflare Access.`],
    }
  const team = before.access.teamDomain
  if (team === null || team === host) return null
  return {
    code: 'token-from-other-issuer',
    evidence: [`The cookie is from ${issuer}, and this site’s team is ${team}.`],
  }
}

/** Access gives every token an end; one without it would let its bearer in for ever. */
function withoutEnd({ access }: Attempt): TokenProblem | null {
  if (access.token?.expiresAt !== null) return null
  return { code: 'cookie-is-no-token', evidence: ['It does not say when it expires (exp), as tokens of Access do.'] }
}

function wrongDates({ access, answeredAt }: Attempt): TokenProblem | null {
  const { expiresAt, notBefore } = access.token ?? { expiresAt: null, notBefore: null }
  const at = answeredAt === null ? null : Date.parse(answeredAt)
  if (at === null) return null
  if (expiresAt !== null && Date.parse(expiresAt) + LEEWAY_MS < at)
    return { code: 'token-expired', evidence: [`The cookie expired at ${expiresAt}.`] }
  if (notBefore !== null && Date.parse(notBefore) - LEEWAY_MS > at)
    return { code: 'token-not-yet-valid', evidence: [`The cookie is not valid before ${notBefore}.`] }
  return null
}

/** Against the application that the refusal before named. */
function wrongAudience({ access }: Attempt, before: Attempt): TokenProblem | null {
  const wanted = before.access.audience
  const audience = access.token?.audience ?? []
  if (wanted === null || audience.includes(wanted)) return null
  return {
    code: 'token-for-other-application',
    evidence: [`The site’s application is ${wanted}.`, `The cookie is for ${audience.join(', ') || 'none'}.`],
  }
}

function wrongName({ access }: Attempt, identity: TestedIdentity | null): TokenProblem | null {
  const name = access.token?.commonName ?? null
  const ours = identity?.certificate.commonName ?? null
  if (name === null || ours === null || name === ours) return null
  return { code: 'token-for-another-name', evidence: [`The cookie names “${name}”, and the certificate “${ours}”.`] }
}
