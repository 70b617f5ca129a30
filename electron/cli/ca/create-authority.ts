import type { Services } from '#electron/services/services'
import { formatIsoDate } from '#shared/logic/formatting'
import type { AuthoritySummary } from '#shared/model/authority'
import type { Outcome } from '../output'
import { type OutOptions, requireOut, writeOut } from '../output-files'
import { namingWeak } from '../secrets'

/** Creates an issuer and writes or prints its chain, which is uploaded to Access. The output file is checked first. */
export async function createAuthority(
  services: Services,
  options: OutOptions,
  make: () => Promise<AuthoritySummary>,
): Promise<Outcome> {
  await requireOut(options)
  const whose = 'the passphrase of the issuer’s key: --ca-passphrase-file or LATCHKEY_CA_PASSPHRASE'
  const issuer = await namingWeak(whose, make)
  const { pem } = await services.authorities.chainFile(issuer.id)
  await writeOut(options, pem)
  const { out } = options
  const where = out === undefined ? pem.trimEnd() : `The chain for Access is in ${out}.`
  const until = formatIsoDate(issuer.notAfter)
  const text = `${where}\nIssuer: ${issuer.name}, ${issuer.algorithm}, until ${until}\nKey code: ${issuer.keyCode}`
  return { exitCode: 0, json: { issuer, chain: pem }, text }
}
