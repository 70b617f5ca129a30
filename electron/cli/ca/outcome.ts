import type { Services } from '#electron/services/services'
import type { AuthoritySummary } from '#shared/model/authority'
import type { Outcome } from '../output'
import { writeOut } from '../write-file'

/** A new issuer: its chain is what goes to Access. */
export async function madeAuthority(
  services: Services,
  issuer: AuthoritySummary,
  out: string | undefined,
): Promise<Outcome> {
  const { pem } = await services.authorities.chainFile(issuer.id)
  if (out !== undefined) await writeOut(out, pem)
  const where = out === undefined ? pem.trimEnd() : `The chain for Access is in ${out}.`
  const until = issuer.notAfter.slice(0, 10)
  const text = `${where}\nIssuer: ${issuer.name}, ${issuer.algorithm}, until ${until}\nKey code: ${issuer.keyCode}`
  return { exitCode: 0, json: { issuer, chain: pem }, text }
}
