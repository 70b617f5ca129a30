import type { Command } from 'commander'
import { AppError } from '#shared/errors'
import { contentsWords, missingKeysWords } from '#shared/logic/backup-words'
import { exitCodes } from './exit-codes'
import { examples, withJson, withPassphrase } from './options'
import { requireFree, writePieces } from './output-files'
import type { CommonOptions, Runner } from './runner'
import { namingWeak, readNewSecret } from './secrets'

interface Options extends CommonOptions {
  out: string
  withIssuers?: true
  passwordFile?: string
  force?: true
}

const what = 'the passphrase of the backup: --password-file or LATCHKEY_PASSWORD'

export function addBackup(program: Command, runner: Runner): void {
  withPassphrase(withJson(program.command('backup')))
    .summary('save certificates, keys, sites and history in one encrypted file')
    .description(
      'Writes one file, encrypted with a passphrase: certificates with their private keys, requests, sites, reports, activity, issuers and the key that signs set-up files. API tokens, agreed keys of servers, trust and rules of Access are never in it.',
    )
    .requiredOption('-o, --out <file>', 'output file, usually with the ending .latchkey-backup')
    .option('--with-issuers', 'also the private keys of issuers, each still protected by its own passphrase')
    .option(
      '--password-file <file>',
      'passphrase of the backup, in the first line; “-”: standard input (or LATCHKEY_PASSWORD)',
    )
    .option('--force', 'overwrite the file if it exists')
    .addHelpText(
      'after',
      examples(
        'latchkey backup -o ada.latchkey-backup',
        'latchkey backup -o all.latchkey-backup --with-issuers --password-file secret.txt --json',
      ),
    )
    .action((options: Options) =>
      runner.run('backup', options, 'keys', async ({ backups }) => {
        const force = options.force === true
        await requireFree([options.out], force)
        const question = 'New passphrase for the backup: '
        const passphrase = await readNewSecret({ file: options.passwordFile, variable: 'LATCHKEY_PASSWORD', question })
        if (passphrase === null) throw new AppError('password-needed', 'Use --password-file or LATCHKEY_PASSWORD.')
        const wanted = { passphrase, withIssuerKeys: options.withIssuers === true }
        const { contents, missingKeys } = await namingWeak(what, () =>
          backups.make(wanted, (pieces) => writePieces(options.out, pieces, force)),
        )
        return {
          exitCode: missingKeys.length === 0 ? exitCodes.fine : exitCodes.negative,
          json: { file: options.out, contents, missingKeys },
          text: `${options.out}: ${contentsWords(contents)}`,
          notes: missingKeys.length === 0 ? [] : [missingKeysWords(missingKeys)],
        }
      }),
    )
}
