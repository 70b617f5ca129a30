import { type Command, Option } from 'commander'
import type { OutputFile } from '#electron/pki/convert/index'
import { pathOf } from '#electron/platform/key-beside'
import { AppError } from '#shared/errors'
import {
  type Converted,
  Destination,
  destinationFacts,
  destinationWords,
  type KeyProtection,
} from '#shared/model/convert'
import { writeNew } from './output-files'
import { readSecret } from './secrets'

export interface DestinationOptions {
  for: Destination
  out: string
  newPasswordFile?: string
  plainKey?: boolean
  force?: boolean
}

export const destinationsHelp = `
Destinations:
${Destination.options.map((name) => `  ${name.padEnd(16)} ${destinationWords[name]}`).join('\n')}`

/** Where files go and how keys in them are protected: the same for every verb that writes them. */
export const withDestination = (command: Command): Command =>
  command
    .addOption(
      new Option('--for <destination>', 'what will read it').choices(Destination.options).makeOptionMandatory(),
    )
    .requiredOption('-o, --out <file>', 'output file; a separate key is written next to it as .key')
    .option('--new-password-file <file>', 'password of the new file, in the first line (or LATCHKEY_NEW_PASSWORD)')
    .option('--plain-key', 'leave the private key unencrypted')
    .option('--force', 'overwrite existing files')

/** Asks for the new password where there is something to protect and nobody insists on leaving it open. */
export async function protectionFrom(options: DestinationOptions): Promise<KeyProtection> {
  const { protection } = destinationFacts[options.for]
  const plain = options.plainKey === true
  if (protection === 'nothing-secret' || protection === 'never' || (plain && protection === 'choice'))
    return { password: null, plain }
  const password = await readSecret({
    file: options.newPasswordFile,
    variable: 'LATCHKEY_NEW_PASSWORD',
    question: 'Password for the new file: ',
  })
  if (password !== null && password !== '') return { password, plain }
  const insist = protection === 'choice' ? ', or insist on --plain-key' : ''
  throw new AppError('password-needed', `The new file: --new-password-file or LATCHKEY_NEW_PASSWORD${insist}.`)
}

export async function writeOutputs(
  files: OutputFile[],
  { out, force }: DestinationOptions,
): Promise<Converted['files']> {
  const placed = files.map((file) => ({ ...file, path: pathOf(file.place, out) }))
  await writeNew(placed, force === true)
  return placed.map(({ path, what, secret }) => ({ name: path, what, secret }))
}
