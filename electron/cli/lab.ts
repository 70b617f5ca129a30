import { once } from 'node:events'
import type { Command } from 'commander'
import { AppError } from '#shared/errors'
import { LabPolicy } from '#shared/model/lab'
import { collect, examples, withJson } from './options'
import { requireOut, writeOut } from './output-files'
import type { CommonOptions, Runner } from './runner'

interface Options extends CommonOptions {
  action: string
  commonName: string[]
  chain?: string
  force?: boolean
}

export function addLab(program: Command, runner: Runner): void {
  withJson(program.command('lab'))
    .summary('run the practice site (an Access simulator on loopback) until interrupted')
    .option('--action <action>', 'service-auth, allow or bypass', 'service-auth')
    .option('--common-name <name>', 'let in only this Common Name (repeatable)', collect, [])
    .option('--chain <file>', 'output file for the practice CA’s chain (intermediate, root)')
    .option('--force', 'overwrite the file if it exists')
    .addHelpText('after', examples('latchkey lab', 'latchkey lab --common-name "Ada Lovelace"'))
    .action((options: Options) =>
      runner.run('lab', options, 'records', async (services, { print }) => {
        await requireOut({ out: options.chain, force: options.force })
        await services.lab.setPolicy(policyOf(options))
        const { address } = await services.lab.start()
        await writeOut({ out: options.chain, force: options.force }, services.lab.chainPem())
        // Before the line that tells another program it may end us: a signal between the two would end the process unheard.
        const isInterrupted = interrupted()
        print({
          exitCode: 0,
          json: { address },
          text: `The practice site is at ${address}\nTest it with: latchkey test ${address}\nPress Ctrl+C to stop it.`,
        })
        await isInterrupted
        return { exitCode: 0, json: {}, text: 'The practice site has stopped.' }
      }),
    )
}

function policyOf(options: Options): LabPolicy {
  const { commonName } = options
  const rule =
    commonName.length === 0 ? { kind: 'valid-certificate' } : { kind: 'common-name', commonNames: commonName }
  const parsed = LabPolicy.safeParse({ action: options.action, rule })
  if (!parsed.success) throw new AppError('invalid-input', '--action takes service-auth, allow or bypass.')
  return parsed.data
}

/** Ctrl+C, or the end that another program asks for. */
async function interrupted(): Promise<void> {
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])
}
