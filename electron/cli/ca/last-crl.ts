import type { Command } from 'commander'
import { AppError } from '#shared/errors'
import { readFiles } from '../input-files'
import { examples, withJson } from '../options'
import type { CommonOptions, Runner } from '../runner'
import { findAuthority } from './find'

interface Options extends CommonOptions {
  absent?: true
}

export function addLastCrl(ca: Command, runner: Runner): void {
  withJson(ca.command('last-crl'))
    .summary('give a restored issuer its last published CRL, so that it may sign again')
    .argument('<issuer>', 'its name, key code or ID')
    .argument('[file]', 'the last CRL that it published')
    .option('--absent', 'there is none newer than the backup, or none can be found')
    .addHelpText(
      'after',
      examples('latchkey ca last-crl "Acme Root" crl.pem', 'latchkey ca last-crl "Acme Root" --absent'),
    )
    .action((wanted: string, file: string | undefined, options: Options) =>
      runner.run('ca last-crl', options, 'records', async (services) => {
        if ((file === undefined) !== (options.absent === true))
          throw new AppError('invalid-input', 'Give the file of its last CRL, or --absent.')
        const { id } = await findAuthority(services, wanted)
        const issuer = await services.authorities.settleLastCrl(id, file === undefined ? null : await readFiles([file]))
        const number = issuer.crl?.number ?? null
        const last = number === null ? 'No CRL of it is known.' : `Its last known CRL has number ${number}.`
        return { exitCode: 0, json: { issuer }, text: `“${issuer.name}” may sign again. ${last}` }
      }),
    )
}
