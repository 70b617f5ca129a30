import type { Command } from 'commander'
import { pathWords } from '#shared/logic/path-words'
import { type DestinationOptions, destinationsHelp, withDestination, withProtection, writeOutputs } from './destination'
import { readFiles } from './input-files'
import { examples, withJson, withPassword } from './options'
import type { CommonOptions, Runner } from './runner'
import { withPasswordWhenNeeded } from './secrets'

interface Options extends CommonOptions, DestinationOptions {
  passwordFile?: string
  pick?: string
}

export function addConvert(program: Command, runner: Runner): void {
  withDestination(withPassword(withJson(program.command('convert'))))
    .summary('convert certificates and keys to the format of a destination')
    .argument('<files...>', 'certificates, issuers and keys, in any format')
    .option('--pick <which>', 'certificate to use, if there are several: number, Common Name or fingerprint (SHA-256)')
    .addHelpText(
      'after',
      destinationsHelp +
        examples(
          'latchkey convert client.pem client.key ca-chain.pem --for macos -o client.p12',
          'latchkey convert client.p12 --for curl -o client.pem --new-password-file new.txt',
        ),
    )
    .action((paths: string[], options: Options) =>
      runner.run('convert', options, 'nothing', async (services) => {
        const files = await readFiles(paths)
        const { for: destination, pick = null } = options
        const made = await withPasswordWhenNeeded(options, (password) =>
          withProtection(options, (protection) => services.convert({ files, password, destination, pick, protection })),
        )
        const written = await writeOutputs(made.files, options)
        const { certificate, issuers, outdated } = made
        const text = written.map(({ name, what }) => `${name}: ${what}`).join('\n')
        const notes = outdated.map((reason) => `${pathWords(reason).sentence} ${reason.evidence} There was no other.`)
        return { exitCode: 0, json: { certificate, issuers, files: written, notes }, text, notes }
      }),
    )
}
