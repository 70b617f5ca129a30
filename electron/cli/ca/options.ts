import type { Command } from 'commander'
import { type SecretVariable, secretIn } from '#electron/platform/environment'
import { AppError } from '#shared/errors'
import { Days } from '#shared/model/authority'
import { withJson, withPassphrase } from '../options'
import { type OutOptions, withOut } from '../output-files'
import type { CommonOptions } from '../runner'
import { readSecret } from '../secrets'
import { parsed } from '../subject'

export interface SigningOptions extends CommonOptions, OutOptions {
  caPassphraseFile?: string
}

/** For commands that sign: the passphrases of the vault and of the issuer's key. */
export const withSigning = (command: Command) =>
  withPassphrase(withJson(command)).option(
    '--ca-passphrase-file <file>',
    'passphrase of the issuer’s key, in the first line (or LATCHKEY_CA_PASSPHRASE)',
  )

/** For commands that create an issuer: the output file for its chain, which is uploaded to Access. */
export const withChainOut = (command: Command) =>
  withOut(command, 'output file for the chain that Access needs (default: print)')

export const withDays = (command: Command, days: number) =>
  command.option('--days <number>', 'lifetime in days; never longer than the issuer’s', String(days))

export const daysOf = ({ days }: { days: string }): number => parsed(Days, Number(days))

/** The passphrase of the key that signs or is created. */
export const caPassphrase = (options: SigningOptions, question: string) =>
  required('LATCHKEY_CA_PASSPHRASE', options.caPassphraseFile, question, '--ca-passphrase-file')

export interface IssuerOptions extends SigningOptions {
  issuer?: string
  issuerPassphraseFile?: string
}

export const withIssuerAbove = (command: Command) =>
  command
    .option('--issuer <name>', 'the issuer that signs it: name, key code or ID')
    .option(
      '--issuer-passphrase-file <file>',
      'passphrase of that issuer’s key, in the first line (or LATCHKEY_ISSUER_PASSPHRASE; default: that of the new key)',
    )

/** Without a terminal, a passphrase that is given only once is used for both keys. */
export function issuerPassphrase(options: IssuerOptions, question: string): Promise<string> {
  const isGiven = options.issuerPassphraseFile !== undefined || secretIn('LATCHKEY_ISSUER_PASSPHRASE') !== null
  return isGiven || process.stdin.isTTY
    ? required('LATCHKEY_ISSUER_PASSPHRASE', options.issuerPassphraseFile, question, '--issuer-passphrase-file')
    : caPassphrase(options, question)
}

async function required(
  variable: SecretVariable,
  file: string | undefined,
  question: string,
  option: string,
): Promise<string> {
  const passphrase = await readSecret({ file, variable, question })
  if (passphrase === null || passphrase === '')
    throw new AppError(
      'invalid-input',
      `The issuer’s passphrase is required: use ${option}, ${variable} or the prompt.`,
    )
  return passphrase
}
