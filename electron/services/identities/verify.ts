import { AppError } from '#shared/errors'
import type { IdentityId } from '#shared/model/ids'
import type { PathVerdict } from '#shared/model/path'
import { issuedCertificates } from '../issued-certificates'
import type { IdentityPorts } from './ports'

/** Judges a person's own certificate by the chain it came with, and by the CRLs of issuers that are ours. */
export function createVerifier({ database, jobs, clock }: Pick<IdentityPorts, 'database' | 'jobs' | 'clock'>) {
  /** Of issuers in the chain; other CRLs would say nothing about it. */
  async function crlsOf(chain: string[]): Promise<Uint8Array[]> {
    const authorities = await database.authorities.list()
    const known = authorities.filter(({ sha256, crl }) => crl !== null && chain.includes(sha256))
    const crls = await Promise.all(known.map(({ id }) => database.crls.der(id)))
    return crls.flatMap((der) => (der === null ? [] : [der]))
  }

  return async (id: IdentityId): Promise<PathVerdict> => {
    const row = await database.identities.get(id)
    if (row === null) throw new AppError('not-found', 'This certificate is no longer here.')
    const issued = await issuedCertificates(database, row)
    const [certificate, ...chain] = issued.map(({ der }) => der)
    if (certificate === undefined) throw new AppError('not-found', 'There is no certificate yet, only its request.')
    const crls = await crlsOf(row.chain)
    return jobs.run('verify-path', { certificate, chain, roots: null, crls, at: clock.now(), revocation: 'given' })
  }
}
