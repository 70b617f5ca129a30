import type { Command } from 'commander'
import { blockNames } from '#electron/cloudflare/plan/block'
import { AppError } from '#shared/errors'
import { problemWords } from '#shared/logic/access/plan-words'
import { exitCodes } from '../exit-codes'
import { examples } from '../options'
import type { Runner } from '../runner'
import { listOrMake, type OwnPlanOptions, requireToken, withOwnPlan } from './make-changes'
import { managedNotes } from './notes'
import { needsWithToken, sourceOf, withSource } from './source'
import { readManaged } from './wish-file'

interface Options extends OwnPlanOptions {
  file?: string
}

export function addBlock(cloudflare: Command, runner: Runner): void {
  withOwnPlan(withSource(cloudflare.command('block')), 'block')
    .summary('refuse certificates by their Common Names, in each Allow and Service Auth policy')
    .argument('<names...>', 'Common Names; a replacement with the same name is blocked, too')
    .option('--file <plan>', 'a plan file: what it says is managed elsewhere is left as it is')
    .addHelpText(
      'after',
      examples(
        'latchkey cloudflare block "Ada Lovelace" --dry-run',
        'latchkey cloudflare block "Ada Lovelace" --token-file write-token.txt',
      ),
    )
    .action((names: string[], options: Options) =>
      runner.run('cloudflare block', options, needsWithToken(options), async ({ cloudflare }, { say }) => {
        requireToken(options)
        const changing = await cloudflare.openForChanges(await sourceOf(options, say))
        const { account } = changing.reading
        const managed = await readManaged(options.file, account)
        const { changes, problems, notCovered } = blockNames(account, names, managed)
        if (problems.length > 0) throw new AppError('invalid-input', problems.map(problemWords).join(' '))
        const notes = notCovered.map(
          (name) =>
            `“${name}” is not covered: it lets people in without such a policy, or by one that is managed elsewhere.`,
        )
        const made = await listOrMake(changing, changes, 'block', options, say, managed)
        // Whoever only looks at the exit code must not take a half covered account for a blocked certificate.
        const exitCode = notCovered.length === 0 ? made.exitCode : exitCodes.negative
        return {
          ...made,
          exitCode,
          json: { ...made.json, notCovered },
          notes: [...notes, ...managedNotes(options.file)],
        }
      }),
    )
}
