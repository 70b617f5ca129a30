import type { Command } from 'commander'
import { formatIsoDate } from '#shared/logic/formatting'
import { defaultDays } from '#shared/model/authority'
import { examples } from '../options'
import { requireOut, withOut } from '../output-files'
import type { Runner } from '../runner'
import { findIssued } from './find'
import { caPassphrase, daysOf, type SigningOptions, withDays, withSigning } from './options'
import { writeIssued } from './write-issued'

interface Options extends SigningOptions {
  days: string
}

export function addRenew(ca: Command, runner: Runner): void {
  withOut(
    withDays(withSigning(ca.command('renew')), defaultDays.client),
    'output file for the certificate and its chain (default: print)',
  )
    .summary('renew a certificate: same name and key, new serial number and dates')
    .argument('<certificate>', 'its file, serial number, fingerprint (SHA-256) or name')
    .addHelpText(
      'after',
      examples('latchkey ca renew "Ada Lovelace" -o client.pem', 'latchkey ca renew old.pem --days 90'),
    )
    .action((wanted: string, options: Options) =>
      runner.run('ca renew', options, 'keys', async (services) => {
        await requireOut(options)
        const old = await findIssued(services, wanted)
        const days = daysOf(options)
        const passphrase = await caPassphrase(options, 'Passphrase of the issuer: ')
        const certificate = await services.authorities.renew(old.sha256, days, passphrase)
        const { pem, files, unwritten } = await writeIssued(services, [certificate], options)
        const [file] = files
        const where = file === undefined ? pem.trimEnd() : `The certificate is in ${file}.`
        const missing = unwritten.map(({ reason }) => `Not written: ${reason}. It was issued and is printed above.`)
        const renewed = `Renewed: ${certificate.subject}, until ${formatIsoDate(certificate.notAfter)}`
        const text = [where, renewed, ...missing].join('\n')
        return { exitCode: unwritten.length > 0 ? 3 : 0, json: { certificate, pem, unwritten }, text }
      }),
    )
}
