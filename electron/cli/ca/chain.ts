import type { Command } from 'commander'
import { examples, withJson } from '../options'
import { type OutOptions, requireOut, withOut, writeOut } from '../output-files'
import type { CommonOptions, Runner } from '../runner'
import { findAuthority } from './find'

type Options = CommonOptions & OutOptions

export function addChain(ca: Command, runner: Runner): void {
  withOut(withJson(ca.command('chain')), 'output file (default: print)')
    .summary('print the file to upload to Access: this issuer first, its root last')
    .argument('[issuer]', 'name, key code or ID')
    .addHelpText('after', examples('latchkey ca chain "Acme Clients" -o ca-chain.pem'))
    .action((wanted: string | undefined, options: Options) =>
      runner.run('ca chain', options, 'records', async (services) => {
        await requireOut(options)
        const { id } = await findAuthority(services, wanted)
        const [{ pem }, { chainComplete: complete }] = await Promise.all([
          services.authorities.chainFile(id),
          services.authorities.detail(id),
        ])
        await writeOut(options, pem)
        const where = options.out === undefined ? pem.trimEnd() : `The chain is in ${options.out}.`
        const missing = complete ? '' : '\nThe root certificate is missing. Add it to the file before you upload it.'
        return { exitCode: complete ? 0 : 1, json: { chain: pem, complete }, text: `${where}${missing}` }
      }),
    )
}
