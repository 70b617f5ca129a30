import { extname } from 'node:path'
import { type Command, Option } from 'commander'
import { AppError } from '#shared/errors'
import { Destination, destinationWords } from '#shared/model/convert'
import { examples, withJson, withPassword } from './options'
import { withPasswordWhenNeeded } from './password'
import { readFiles } from './read-files'
import type { CommonOptions, Runner } from './runner'
import { readSecret } from './secrets'
import { writeNew } from './write-new'

interface Options extends CommonOptions {
  for: Destination
  out: string
  passwordFile?: string
  newPasswordFile?: string
  plainKey?: boolean
  pick?: string
  force?: boolean
}

const destinations = `
Destinations:
${Destination.options.map((name) => `  ${name.padEnd(16)} ${destinationWords[name]}`).join('\n')}`

export function addConvert(program: Command, runner: Runner): void {
  withPassword(withJson(program.command('convert')))
    .summary('bring certificates and keys into the form that a destination reads')
    .argument('<files...>', 'certificates, issuers and keys, in any format')
    .addOption(new Option('--for <destination>', 'where it goes').choices(Destination.options).makeOptionMandatory())
    .requiredOption('-o, --out <file>', 'write it here; a key of its own goes beside it, ending in .key')
    .option('--new-password-file <file>', 'first line protects the new file (or LATCHKEY_NEW_PASSWORD)')
    .option('--plain-key', 'leave the private key unencrypted')
    .option('--pick <which>', 'one of several: its number, Common Name or SHA-256')
    .option('--force', 'overwrite files that are there')
    .addHelpText(
      'after',
      destinations +
        examples(
          'latchkey convert client.pem client.key ca-chain.pem --for macos -o client.p12',
          'latchkey convert client.p12 --for curl -o client.pem --new-password-file new.txt',
        ),
    )
    .action((paths: string[], options: Options) =>
      runner.run('convert', options, 'records', async (services) => {
        const files = await readFiles(paths)
        const protection = { password: await newPassword(options), plain: options.plainKey === true }
        const { for: destination, pick = null } = options
        const made = await withPasswordWhenNeeded(options, (password) =>
          services.convert({ files, password, destination, pick, protection }),
        )
        const outputs = made.files.map((file) => ({ ...file, path: pathOf(file.place, options.out) }))
        await writeNew(outputs, options.force === true)
        const written = outputs.map(({ path, what, secret }) => ({ name: path, what, secret }))
        const { certificate, issuers } = made
        const text = written.map(({ name, what }) => `${name}: ${what}`).join('\n')
        return { exitCode: 0, json: { certificate, issuers, files: written }, text }
      }),
    )
}

/** The key's own file stands beside the certificate's. */
function pathOf(place: 'main' | 'key', out: string): string {
  if (place === 'main') return out
  const extension = extname(out)
  return `${extension === '' ? out : out.slice(0, -extension.length)}.key`
}

const withoutKey: ReadonlySet<Destination> = new Set(['der', 'p7b', 'traditional-key'])

async function newPassword({ newPasswordFile, plainKey, for: destination }: Options): Promise<string | null> {
  const isPem = ['curl', 'nginx', 'pem', 'pkcs8'].includes(destination)
  if (withoutKey.has(destination) || (plainKey === true && isPem)) return null
  const password = await readSecret({
    file: newPasswordFile,
    variable: 'LATCHKEY_NEW_PASSWORD',
    question: 'Password for the new file: ',
  })
  if (password !== null && password !== '') return password
  const insist = isPem ? ', or insist on --plain-key' : ''
  throw new AppError('password-needed', `The new file: --new-password-file or LATCHKEY_NEW_PASSWORD${insist}.`)
}
