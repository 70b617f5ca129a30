import type { Command } from 'commander'
import { AppError } from '#shared/errors'
import { readFiles } from '../input-files'
import { examples, withJson } from '../options'
import { writeNew } from '../output-files'
import type { CommonOptions, Runner } from '../runner'

interface Options extends CommonOptions {
  csr?: string
  config?: string
  force?: boolean
}

export function addExport(cfssl: Command, runner: Runner): void {
  withJson(cfssl.command('export'))
    .summary('write the files with which cfssl would create a similar certificate or request')
    .argument('<file>', 'a certificate or request in any format')
    .option('--csr <file>', 'output file for the CSR file (default: print)')
    .option('--config <file>', 'output file for a configuration with a profile for clients')
    .option('--force', 'overwrite existing files')
    .addHelpText('after', examples('latchkey cfssl export rootCA.pem --csr ca-csr.json --config ca-config.json'))
    .action((path: string, options: Options) =>
      runner.run('cfssl export', options, 'nothing', async (services) => {
        const [file] = await readFiles([path])
        if (file === undefined) throw new AppError('invalid-input', 'Specify a certificate or request.')
        const { csr, config } = await services.cfssl.exportFiles(file)
        const files = [
          { path: options.csr, bytes: csr },
          { path: options.config, bytes: config },
        ].flatMap(({ path, bytes }) => (path === undefined ? [] : [{ path, bytes, secret: false }]))
        await writeNew(files, options.force === true)
        const written = files.map(({ path }) => path)
        const text = options.csr === undefined ? csr.trimEnd() : `Written: ${written.join(', ')}`
        return { exitCode: 0, json: { csr: JSON.parse(csr), config: JSON.parse(config), written }, text }
      }),
    )
}
