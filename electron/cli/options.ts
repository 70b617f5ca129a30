import type { Command } from 'commander'

export const withJson = (command: Command) => command.option('--json', 'print one JSON object instead of text')

export const withPassphrase = (command: Command) =>
  command.option('--passphrase-file <file>', 'passphrase of the vault, in the first line (or LATCHKEY_PASSPHRASE)')

export const withPassword = (command: Command) =>
  command.option('--password-file <file>', 'password of the file, in the first line (or LATCHKEY_PASSWORD)')

export const examples = (...lines: string[]) => `\nExamples:\n${lines.map((line) => `  ${line}`).join('\n')}`

/** For options that may be given several times. */
export const collect = (value: string, all: string[]) => [...all, value]
