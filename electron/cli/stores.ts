import type { Command } from 'commander'
import type { IdentitySummary } from '#shared/model/identity'
import { allIdentities } from './find-identity'
import { examples, withJson } from './options'
import type { CommonOptions, Runner } from './runner'
import { whereInstalled } from './where-installed'

export function addStores(program: Command, runner: Runner): void {
  withJson(program.command('stores'))
    .summary('list the certificate stores of this computer, what they hold, and what keeps each from being used')
    .addHelpText('after', examples('latchkey stores', 'latchkey stores --json'))
    .action((options: CommonOptions) =>
      runner.run('stores', options, 'records', async (services) => {
        const stores = await services.installs.stores()
        const { rows } = await allIdentities(services)
        const installed = await whereInstalled(services, rows)
        const certificates = new Map<string, IdentitySummary>(rows.map((row) => [row.id, row]))
        const text = stores.map((store) => {
          const readBy = store.readBy.length === 0 ? '' : ` (read by ${store.readBy.join(', ')})`
          const problem = store.problem === null ? 'ready' : `${store.problem.code}: ${store.problem.remedy}`
          const held = installed.in(store.id).map((install) => {
            const row = certificates.get(install.identity)
            return `  “${row?.name ?? install.identity}”: ${installed.words(install, row?.sha256 ?? null)}`
          })
          return [`${store.id}  ${store.name}${readBy}`, `  ${problem}`, ...held].join('\n')
        })
        const usable = stores.some((store) => store.problem === null)
        return {
          exitCode: usable ? 0 : 3,
          json: {
            stores: stores.map((store) => ({ ...store, installs: installed.in(store.id) })),
            unreadStores: installed.unread,
          },
          text: text.join('\n'),
        }
      }),
    )
}
