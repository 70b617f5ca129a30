import type { Command } from 'commander'
import { incomingPieces } from '#electron/platform/incoming-file'
import { AppError } from '#shared/errors'
import { changeWords, tallyLines, waitingWords } from '#shared/logic/backup-words'
import { formatIsoTime } from '#shared/logic/formatting'
import type { RestoreReport } from '#shared/model/backup'
import { examples, withJson, withPassphrase } from './options'
import type { Outcome } from './output'
import type { CommonOptions, Runner } from './runner'
import { readSecret } from './secrets'

interface Options extends CommonOptions {
  dryRun?: true
  passwordFile?: string
}

export function addRestore(program: Command, runner: Runner): void {
  withPassphrase(withJson(program.command('restore')))
    .summary('add what a backup holds to what is here')
    .description(
      'Adds everything of a backup that is not here yet: all of it or, after an error, nothing. What is here already stays as it is.',
    )
    .argument('<file>', 'made by: latchkey backup')
    .option('--dry-run', 'only say what would be added')
    .option(
      '--password-file <file>',
      'passphrase of the backup, in the first line; “-”: standard input (or LATCHKEY_PASSWORD)',
    )
    .addHelpText(
      'after',
      examples(
        'latchkey restore ada.latchkey-backup --dry-run',
        'latchkey restore ada.latchkey-backup --password-file secret.txt',
      ),
    )
    .action((path: string, options: Options) =>
      runner.run('restore', options, options.dryRun === true ? 'records' : 'keys', async ({ backups }) => {
        const question = 'Passphrase of the backup: '
        const passphrase = await readSecret({ file: options.passwordFile, variable: 'LATCHKEY_PASSWORD', question })
        if (passphrase === null) throw new AppError('password-needed', 'Use --password-file or LATCHKEY_PASSWORD.')
        const act = options.dryRun === true ? backups.preview : backups.restore
        return outcomeOf(await act(incomingPieces(path, path), passphrase), options.dryRun === true)
      }),
    )
}

function outcomeOf(report: RestoreReport, isDryRun: boolean): Outcome {
  const waiting = waitingWords(report.waiting)
  return {
    exitCode: 0,
    json: { dryRun: isDryRun, ...report },
    text: [
      `Backup of ${formatIsoTime(report.madeAt)}${isDryRun ? ', nothing was changed' : ''}`,
      ...tallyLines(report).map(({ what, words }) => `${what}: ${words}`),
      ...report.changes.map(changeWords),
    ].join('\n'),
    notes: waiting === null ? [] : [`${waiting} Use: latchkey ca last-crl`],
  }
}
