import { type Command, Option } from 'commander'
import type { OutputFile } from '#electron/pki/convert/index'
import { pathOf } from '#electron/platform/key-beside'
import { AppError, isAppError } from '#shared/errors'
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

/** The options for output files and the protection of their keys, shared by every command that writes such files. */
export const withDestination = (command: Command): Command =>
  command
    .addOption(
      new Option('--for <destination>', 'program or system that will read the file')
        .choices(Destination.options)
        .makeOptionMandatory(),
    )
    .requiredOption('-o, --out <file>', 'output file; a separate key is written next to it as .key')
    .option('--new-password-file <file>', 'password of the new file, in the first line (or LATCHKEY_NEW_PASSWORD)')
    .option('--plain-key', 'leave the private key unencrypted')
    .option('--force', 'overwrite existing files')

/** Asks for the new password if the destination can protect a key and --plain-key was not given. */
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
  const alternative = protection === 'choice' ? ', or --plain-key to leave the key unencrypted' : ''
  throw new AppError(
    'password-needed',
    `For the new file, use --new-password-file or LATCHKEY_NEW_PASSWORD${alternative}.`,
  )
}

/** The same for a destination that takes certificates alone, too: asks only once a key turns out to be among the files. */
export async function withProtection<T>(
  options: DestinationOptions,
  act: (protection: KeyProtection) => Promise<T>,
): Promise<T> {
  if (destinationFacts[options.for].needs !== 'certificate-with-any-key') return act(await protectionFrom(options))
  try {
    return await act({ password: null, plain: options.plainKey === true })
  } catch (error) {
    if (!isAppError(error, 'new-password-needed')) throw error
    return act(await protectionFrom(options))
  }
}

export async function writeOutputs(
  files: OutputFile[],
  { out, force }: DestinationOptions,
): Promise<Converted['files']> {
  const placed = files.map((file) => ({ ...file, path: pathOf(file.place, out) }))
  await writeNew(placed, force === true)
  return placed.map(({ path, what, secret }) => ({ name: path, what, secret }))
}
