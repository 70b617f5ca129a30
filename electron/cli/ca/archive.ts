import type { Command } from 'commander'
import { examples, withJson } from '../options'
import type { CommonOptions, Runner } from '../runner'
import { findAuthority } from './find'

interface Options extends CommonOptions {
  undo?: boolean
}

export function addArchive(ca: Command, runner: Runner): void {
  withJson(ca.command('archive'))
    .summary('hide an issuer from the lists; its key stays, and its expiry and CRL are still watched')
    .argument('<issuer>', 'name, key code or ID')
    .option('--undo', 'bring it back')
    .addHelpText(
      'after',
      examples('latchkey ca archive "Acme Clients 2023"', 'latchkey ca archive "Acme Clients 2023" --undo'),
    )
    .action((wanted: string, options: Options) =>
      runner.run('ca archive', options, 'records', async (services) => {
        const { id } = await findAuthority(services, wanted)
        const issuer = await services.authorities.archive(id, options.undo !== true)
        const text =
          issuer.archivedAt === null
            ? `“${issuer.name}” is in the lists again.`
            : `“${issuer.name}” is archived. “latchkey ca list --all” still lists it.`
        return { exitCode: 0, json: { issuer }, text }
      }),
    )
}
