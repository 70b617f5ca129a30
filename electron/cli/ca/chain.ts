import type { Command } from 'commander'
import { examples, withJson } from '../options'
import type { CommonOptions, Runner } from '../runner'
import { writeOut } from '../write-file'
import { findAuthority } from './find'

interface Options extends CommonOptions {
  out?: string
}

export function addChain(ca: Command, runner: Runner): void {
  withJson(ca.command('chain'))
    .summary('the file that Access wants: this issuer first, its root last, CA certificates only')
    .argument('[issuer]', 'name, key code or id')
    .option('-o, --out <file>', 'write it here instead of printing it')
    .addHelpText('after', examples('latchkey ca chain "Acme Clients" -o ca-chain.pem'))
    .action((wanted: string | undefined, options: Options) =>
      runner.run('ca chain', options, 'records', async (services) => {
        const { id } = await findAuthority(services, wanted)
        const [{ pem }, { chainComplete: complete }] = await Promise.all([
          services.authorities.chainFile(id),
          services.authorities.detail(id),
        ])
        if (options.out !== undefined) await writeOut(options.out, pem)
        const where = options.out === undefined ? pem.trimEnd() : `The chain is in ${options.out}.`
        const missing = complete ? '' : '\nIts root is not here: add it to the file before you upload it.'
        return { exitCode: complete ? 0 : 1, json: { chain: pem, complete }, text: `${where}${missing}` }
      }),
    )
}
