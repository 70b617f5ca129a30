import type { Command } from 'commander'
import { AppError } from '#shared/errors'
import { examples } from '../options'
import { requireFree, writeNew } from '../output-files'
import type { Runner } from '../runner'
import { namingWeak, readSecret } from '../secrets'
import { findAuthority } from './find'
import { caPassphrase, type SigningOptions, withSigning } from './options'

interface Options extends SigningOptions {
  out: string
  newPasswordFile?: string
}

const about = `
The file is PKCS#12, encrypted with AES-256. It contains the private key, the chain and the last CRL, so that numbers and
revocations continue after “latchkey ca import”. The list of issued certificates is not in it.
`

export function addCaExport(ca: Command, runner: Runner): void {
  withSigning(ca.command('export'))
    .summary('export an issuer with its key, chain and last CRL, encrypted')
    .argument('[issuer]', 'name, key code or ID')
    .requiredOption('-o, --out <file>', 'output file, usually with the ending .p12')
    .option('--force', 'overwrite the file if it exists')
    .option('--new-password-file <file>', 'passphrase of the file, in the first line (or LATCHKEY_NEW_PASSWORD)')
    .addHelpText('after', about + examples('latchkey ca export "Acme Clients" -o acme-clients.p12'))
    .action((wanted: string | undefined, options: Options) =>
      runner.run('ca export', options, 'keys', async (services) => {
        const { out, force = false } = options
        await requireFree([out], force)
        const issuer = await findAuthority(services, wanted)
        const passphrase = await caPassphrase(options, `Passphrase of “${issuer.name}”: `)
        const question = 'New passphrase for the file: '
        const password = await readSecret({
          file: options.newPasswordFile,
          variable: 'LATCHKEY_NEW_PASSWORD',
          question,
        })
        if (password === null)
          throw new AppError('new-password-needed', 'Use --new-password-file, LATCHKEY_NEW_PASSWORD or the prompt.')
        await namingWeak('the passphrase of the file: --new-password-file or LATCHKEY_NEW_PASSWORD', () =>
          services.authorities.export(issuer.id, { passphrase, password }, async ({ p12 }) => {
            await writeNew([{ path: out, bytes: p12, secret: true }], force)
            return out
          }),
        )
        const last =
          issuer.crl === null
            ? 'It has no CRL yet.'
            : `Its last CRL is included (number ${issuer.crl.number ?? 'none'}).`
        const due = issuer.crlDue === 'now' ? ' A new CRL is due: the latest revocations are not in the file.' : ''
        return { exitCode: 0, json: { issuer, file: out }, text: `“${issuer.name}” is in ${out}. ${last}${due}` }
      }),
    )
}
