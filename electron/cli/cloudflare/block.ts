import type { Command } from 'commander'
import { blockNames } from '#electron/cloudflare/plan/block'
import { planOf } from '#electron/cloudflare/plan/plan'
import { spellOut } from '#electron/cloudflare/plan/spell-out'
import { AppError } from '#shared/errors'
import { problemWords } from '#shared/logic/access/plan-words'
import { examples } from '../options'
import type { Runner } from '../runner'
import { type ChangeOptions, makeChanges, requireToken, withConfirm } from './make-changes'
import { sourceOf, withSource } from './source'

interface Options extends ChangeOptions {
  dryRun?: boolean
  journal?: string
}

export function addBlock(cloudflare: Command, runner: Runner): void {
  withConfirm(withSource(cloudflare.command('block')))
    .summary('refuse certificates by their Common Names, in every policy that lets in')
    .argument('<names...>', 'Common Names; a replacement with the same name stays blocked, too')
    .option('--dry-run', 'list what would change, and change nothing')
    .option('--journal <file>', 'where the journal is kept (default: latchkey-block-TIME.journal)')
    .addHelpText(
      'after',
      examples(
        'latchkey cloudflare block "Ada Lovelace" --dry-run',
        'latchkey cloudflare block "Ada Lovelace" --token-file write-token.txt',
      ),
    )
    .action((names: string[], options: Options) =>
      runner.run('cloudflare block', options, 'records-if-any', async ({ cloudflare }, { say }) => {
        requireToken(options)
        const changing = await cloudflare.openForChanges(await sourceOf(options, say))
        const { account } = changing.reading
        const { changes, problems, notCovered } = blockNames(account, names)
        if (problems.length > 0) throw new AppError('invalid-input', problems.map(problemWords).join(' '))
        const notes = notCovered.map((name) => `“${name}” is not covered: it lets people in without such a policy.`)
        if (options.dryRun === true) {
          const steps = spellOut(account, planOf(account, changes, account.readAt).steps)
          const text = steps.map(({ title, detail }, index) => `${index + 1}. ${title}\n   ${detail}`).join('\n')
          return { exitCode: 0, json: { steps, notCovered }, text: text || 'There is nothing to do.', notes }
        }
        const path = options.journal ?? `latchkey-block-${account.readAt.replace(/\D/gu, '').slice(0, 14)}.journal`
        const made = await makeChanges(changing, changes, path, options, say)
        return { ...made, json: { ...made.json, notCovered }, notes }
      }),
    )
}
