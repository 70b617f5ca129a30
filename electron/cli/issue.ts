import type { Command } from 'commander'
import { AppError } from '#shared/errors'
import { readFiles } from './input-files'
import { examples, withJson } from './options'
import { type OutOptions, requireOut, withOut, writeOut } from './output-files'
import type { CommonOptions, Runner } from './runner'

interface Options extends CommonOptions, OutOptions {
  dropUnsupported?: boolean
}

export function addIssue(program: Command, runner: Runner): void {
  withOut(withJson(program.command('issue')), 'output file for the certificate and its chain (default: print)')
    .summary('let the practice CA of a running “latchkey lab” sign a request')
    .argument('<request>', 'the CSR file')
    .option('--drop-unsupported', 'issue without alternative names of unsupported types')
    .addHelpText('after', examples('latchkey issue ada.csr -o client.pem'))
    .action((path: string, options: Options) =>
      runner.run('issue', options, 'records', async (services) => {
        await requireOut(options)
        const [file] = await readFiles([path])
        if (file === undefined) throw new AppError('file-unreadable')
        const { pem, notes } = await services.issueForFile(file, options.dropUnsupported === true)
        await writeOut(options, pem)
        return {
          exitCode: 0,
          json: { pem, notes },
          text: options.out === undefined ? pem.trimEnd() : `The certificate is in ${options.out}.`,
          notes: notes.map(({ note }) => note),
        }
      }),
    )
}
