import type { Command } from 'commander'
import { examples, withJson } from '../options'
import type { CommonOptions, Runner } from '../runner'

export function addReset(cloudflare: Command, runner: Runner): void {
  withJson(cloudflare.command('reset-practice'))
    .summary('empty the practice account; the practice site’s own policy decides again')
    .addHelpText('after', examples('latchkey cloudflare reset-practice'))
    .action((options: CommonOptions) =>
      runner.run('cloudflare reset-practice', options, 'records', async ({ lab }) => {
        await lab.emptyAccount()
        return { exitCode: 0, json: { reset: true }, text: 'The practice account is empty.' }
      }),
    )
}
