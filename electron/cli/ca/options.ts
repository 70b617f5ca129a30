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

/** Verbs that sign: the vault is opened, and the issuer's key by its own passphrase. */
export const withSigning = (command: Command) =>
  withPassphrase(withJson(command)).option(
    '--ca-passphrase-file <file>',
    'passphrase of the issuer’s key, in the first line (or LATCHKEY_CA_PASSPHRASE)',
  )

/** Verbs that make an issuer: its chain is what goes to Access. */
export const withChainOut = (command: Command) =>
  withOut(command, 'output file for the chain that Access needs (default: print)')

export const withDays = (command: Command, days: number) =>
  command.option('--days <number>', 'lifetime in days; never longer than the issuer’s', String(days))

export const daysOf = ({ days }: { days: string }): number => parsed(Days, Number(days))

/** The passphrase of the key that signs, or that is made. */
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
      'passphrase of that issuer’s key, in the first line (or LATCHKEY_ISSUER_PASSPHRASE; default: as for the new key)',
    )

/** Where two keys have one passphrase, it is named once. */
export function issuerPassphrase(options: IssuerOptions, question: string): Promise<string> {
  const isNamed = options.issuerPassphraseFile !== undefined || secretIn('LATCHKEY_ISSUER_PASSPHRASE') !== null
  return isNamed || process.stdin.isTTY
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
    throw new AppError('invalid-input', `The issuer’s passphrase is needed: ${option}, ${variable}, or at the prompt.`)
  return passphrase
}
