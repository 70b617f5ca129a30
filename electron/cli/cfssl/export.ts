import type { Command } from 'commander'
import { AppError } from '#shared/errors'
import { examples, withJson } from '../options'
import { readFiles } from '../read-files'
import type { CommonOptions, Runner } from '../runner'
import { writeOut } from '../write-file'

interface Options extends CommonOptions {
  csr?: string
  config?: string
}

export function addExport(cfssl: Command, runner: Runner): void {
  withJson(cfssl.command('export'))
    .summary('write the files with which cfssl would make the like of a certificate or request')
    .argument('<file>', 'a certificate or request in any format')
    .option('--csr <file>', 'write the CSR file here instead of printing it')
    .option('--config <file>', 'write a configuration with a profile for clients here, too')
    .addHelpText('after', examples('latchkey cfssl export rootCA.pem --csr ca-csr.json --config ca-config.json'))
    .action((path: string, options: Options) =>
      runner.run('cfssl export', options, 'records', async (services) => {
        const [file] = await readFiles([path])
        if (file === undefined) throw new AppError('invalid-input', 'Name a certificate or request.')
        const { csr, config } = await services.cfssl.exportFiles(file)
        if (options.csr !== undefined) await writeOut(options.csr, csr)
        if (options.config !== undefined) await writeOut(options.config, config)
        const written = [options.csr, options.config].filter((name) => name !== undefined)
        const text = options.csr === undefined ? csr.trimEnd() : `Written: ${written.join(', ')}`
        return { exitCode: 0, json: { csr: JSON.parse(csr), config: JSON.parse(config), written }, text }
      }),
    )
}
