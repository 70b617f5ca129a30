import type { Command } from 'commander'
import { examples, withJson } from './options'
import type { CommonOptions, Runner } from './runner'

export function addStores(program: Command, runner: Runner): void {
  withJson(program.command('stores'))
    .summary('list the certificate stores of this computer and what stands in the way of each')
    .addHelpText('after', examples('latchkey stores', 'latchkey stores --json'))
    .action((options: CommonOptions) =>
      runner.run('stores', options, 'records', async (services) => {
        const stores = await services.installs.stores()
        const text = stores.map((store) => {
          const readBy = store.readBy.length === 0 ? '' : ` (read by ${store.readBy.join(', ')})`
          const problem = store.problem === null ? 'ready' : `${store.problem.code}: ${store.problem.remedy}`
          return `${store.id}  ${store.name}${readBy}\n  ${problem}`
        })
        const usable = stores.some((store) => store.problem === null)
        return { exitCode: usable ? 0 : 3, json: { stores }, text: text.join('\n') }
      }),
    )
}
