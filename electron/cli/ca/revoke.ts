import type { Command } from 'commander'
import type { Services } from '#electron/services/services'
import { type IssuedCertificate, RevocationReason } from '#shared/model/authority'
import type { Revocation } from '#shared/model/revocation'
import { examples, withJson } from '../options'
import type { CommonOptions, Runner } from '../runner'
import { parsed } from '../subject'
import { findRevocable } from './revocable'

interface Options extends CommonOptions {
  issuer?: string
  serial?: string
  reason: string
}

const help = `
A certificate that its issuer signed before it was imported is revoked by its file, which is then added to the list of issued
certificates, or, where nobody has the file, by its serial number. Serial numbers are hex, as openssl and Latchkey show them;
for a decimal number, as cfssl shows it, write decimal:1234.
${examples(
  'latchkey ca revoke client.pem --reason key-compromise',
  'latchkey ca revoke old-client.pem --issuer "My Root"',
  'latchkey ca revoke --issuer "My Root" --serial 1A:2B:3C',
)}`

export function addRevoke(ca: Command, runner: Runner): void {
  withJson(ca.command('revoke'))
    .summary('revoke a certificate; recorded at once, and a new CRL is due')
    .argument('[certificate]', 'its file, serial number, SHA-256 or name')
    .option('--issuer <name>', 'who signed it: name, key code or id')
    .option('--serial <number>', 'instead of a certificate: its serial number, in hex or as decimal:…')
    .option('--reason <reason>', RevocationReason.options.join(', '), 'unspecified')
    .addHelpText('after', help)
    .action((certificate: string | undefined, options: Options) =>
      runner.run('ca revoke', options, 'records', async (services) => {
        const reason = parsed(RevocationReason, options.reason)
        const found = await findRevocable(services, { ...options, certificate })
        const revoked =
          found.kind === 'listed'
            ? await revokeListed(services, found.certificate, reason)
            : await services.authorities.revokeOther(found.revocable.target, reason)
        const { certificate: listed, ...revocation } = revoked
        return { exitCode: 0, json: { certificate: listed, revocation }, text: sentences(revoked) }
      }),
    )
}

async function revokeListed(
  { authorities }: Services,
  { sha256, status }: IssuedCertificate,
  wanted: RevocationReason,
): Promise<Revocation> {
  const certificate = await authorities.revoke(sha256, wanted)
  const { authority, serial, revokedAt, reason } = certificate
  if (revokedAt === null || reason === null) throw new Error('A revoked certificate does not say so.')
  const issuer = (await authorities.list()).find(({ id }) => id === authority)?.name ?? ''
  return { authority, issuer, serial, certificate, revokedAt, reason, isNew: status !== 'revoked' }
}

function sentences({ certificate, issuer, serial, revokedAt, isNew }: Revocation): string {
  const what = certificate === null ? `Serial number ${serial} of “${issuer}”` : `${certificate.commonName} (${serial})`
  const done = isNew ? `${what} is revoked.` : `${what} was revoked already, on ${revokedAt.slice(0, 10)}.`
  const stays = certificate === null ? ' It stays on every CRL, since nobody here knows when the certificate ends.' : ''
  return `${done}${stays} Now write the CRL: latchkey ca crl`
}
