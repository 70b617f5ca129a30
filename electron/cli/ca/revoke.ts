import type { Command } from 'commander'
import { RevocationReason } from '#shared/model/authority'
import { examples, withJson } from '../options'
import type { CommonOptions, Runner } from '../runner'
import { parsed } from '../subject'
import { findIssued } from './find'

interface Options extends CommonOptions {
  reason: string
}

export function addRevoke(ca: Command, runner: Runner): void {
  withJson(ca.command('revoke'))
    .summary('take a certificate back; recorded at once, and a new CRL is due')
    .argument('<certificate>', 'its file, serial number, SHA-256 or name')
    .option('--reason <reason>', RevocationReason.options.join(', '), 'unspecified')
    .addHelpText('after', examples('latchkey ca revoke client.pem --reason key-compromise'))
    .action((wanted: string, options: Options) =>
      runner.run('ca revoke', options, 'records', async (services) => {
        const reason = parsed(RevocationReason, options.reason)
        const certificate = await services.authorities.revoke((await findIssued(services, wanted)).sha256, reason)
        const text = `${certificate.commonName} (${certificate.serial}) is revoked. Now write the CRL: latchkey ca crl`
        return { exitCode: 0, json: { certificate }, text }
      }),
    )
}
