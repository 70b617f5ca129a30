import type { Command } from 'commander'
import { rollOver } from '#electron/cloudflare/plan/roll-over'
import { AppError } from '#shared/errors'
import { problemWords } from '#shared/logic/access/plan-words'
import { readFiles } from '../input-files'
import { examples } from '../options'
import type { Runner } from '../runner'
import { caNamed } from './ca-named'
import { listOrMake, type OwnPlanOptions, requireToken, withOwnPlan } from './make-changes'
import { managedNotes } from './notes'
import { needsWithToken, sourceOf, withSource } from './source'
import { readManaged } from './wish-file'

interface Options extends OwnPlanOptions {
  ca: string
  name: string
  finish?: boolean
  file?: string
}

export function addRollOver(cloudflare: Command, runner: Runner): void {
  withOwnPlan(withSource(cloudflare.command('rollover')), 'rollover')
    .summary('add a new CA to every hostname of an old one, and later remove the old one')
    .argument('<old>', 'the old CA: its name or ID')
    .requiredOption('--ca <file>', 'the new CA as PEM, the issuing one first and its root last')
    .requiredOption('--name <name>', 'name of the new CA')
    .option('--finish', 'take the old CA off its hostnames and delete it')
    .option('--file <plan>', 'a plan file: what it says is managed elsewhere is not changed')
    .addHelpText(
      'after',
      examples(
        'latchkey cloudflare rollover Clients --ca ca-chain.pem --name "Clients 2" --token-file write-token.txt',
        'latchkey cloudflare rollover Clients --ca ca-chain.pem --name "Clients 2" --finish --dry-run',
      ),
    )
    .action((old: string, options: Options) =>
      runner.run('cloudflare rollover', options, needsWithToken(options), async ({ cloudflare }, { say }) => {
        requireToken(options)
        const [file] = await readFiles([options.ca])
        const pem = Buffer.from(file?.bytes ?? []).toString('latin1')
        const changing = await cloudflare.openForChanges(await sourceOf(options, say))
        const { account } = changing.reading
        const stage = options.finish === true ? 'finish' : 'overlap'
        const managed = await readManaged(options.file, account)
        const next = { name: options.name, pem }
        const { changes, problems } = rollOver(account, caNamed(account, old), next, stage, managed)
        if (changes === null) throw new AppError('invalid-input', problems.map(problemWords).join(' '))
        const made = await listOrMake(changing, changes, 'rollover', options, say, managed)
        return { ...made, notes: managedNotes(options.file) }
      }),
    )
}
