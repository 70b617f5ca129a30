import type { Command } from 'commander'
import { formatIsoDate } from '#shared/logic/formatting'
import { reportUnrecorded } from './ca/rebuild'
import { allIdentities } from './find-identity'
import { examples, withJson } from './options'
import type { CommonOptions, Runner } from './runner'
import { whereInstalled } from './where-installed'

export function addList(program: Command, runner: Runner): void {
  withJson(program.command('list'))
    .summary('list your certificates and requests')
    .addHelpText('after', examples('latchkey list', 'latchkey list --json'))
    .action((options: CommonOptions) =>
      runner.run('list', options, 'records', async (services, { say }) => {
        await reportUnrecorded(services, say)
        const { rows, total } = await allIdentities(services)
        const installed = await whereInstalled(services, rows)
        // Read again, because the status depends on what the stores just returned.
        const { rows: current } = await allIdentities(services)
        const lines = current.flatMap((row) => [
          `${row.keyCode}  ${row.status.padEnd(13)} ${row.name}${row.notAfter === null ? '' : `, until ${formatIsoDate(row.notAfter)}`}`,
          ...installed.of(row.id).map((one) => `  ${one.storeName}: ${installed.words(one, row.sha256)}`),
        ])
        return {
          exitCode: 0,
          json: {
            certificates: current.map((row) => ({ ...row, installs: installed.of(row.id) })),
            total,
            unreadStores: installed.unread,
          },
          text: lines.join('\n') || 'No certificates yet. Start with: latchkey request "Your Name"',
        }
      }),
    )
}
