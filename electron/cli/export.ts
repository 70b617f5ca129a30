import type { Command } from 'commander'
import { type DestinationOptions, destinationsHelp, protectionFrom, withDestination, writeOutputs } from './destination'
import { findIdentity } from './find-identity'
import { examples, withJson, withPassphrase } from './options'
import type { CommonOptions, Runner } from './runner'

interface Options extends CommonOptions, DestinationOptions {}

export function addExport(program: Command, runner: Runner): void {
  withDestination(withPassphrase(withJson(program.command('export'))))
    .summary('export one of your certificates, with its key, in the format of a destination')
    .argument('<certificate>', 'its name, key code or ID')
    .addHelpText(
      'after',
      destinationsHelp +
        examples(
          'latchkey export "Ada Lovelace" --for curl -o ada.pem --new-password-file new.txt',
          'latchkey export "Ada Lovelace" --for p7b -o ada.p7b',
        ),
    )
    .action((wanted: string, options: Options) =>
      runner.run('export', options, 'keys', async (services) => {
        const { id, name } = await findIdentity(services, wanted)
        const protection = await protectionFrom(options)
        const choice = { destination: options.for, protection }
        const files = await services.identities.export(id, choice, (made) => writeOutputs(made, options))
        const text = files.map((file) => `${file.name}: ${file.what}`).join('\n')
        return { exitCode: 0, json: { id, name, files }, text }
      }),
    )
}
