import type { Command } from 'commander'
import { examples, withJson } from './options'
import type { CommonOptions, Runner } from './runner'

export function addList(program: Command, runner: Runner): void {
  withJson(program.command('list'))
    .summary('list your certificates and requests')
    .addHelpText('after', examples('latchkey list', 'latchkey list --json'))
    .action((options: CommonOptions) =>
      runner.run('list', options, 'records', async (services) => {
        const { rows, total } = await services.identities.list({ offset: 0, limit: 1000, search: '' })
        const lines = rows.map(
          (row) =>
            `${row.keyCode}  ${row.status.padEnd(13)} ${row.name}${row.notAfter === null ? '' : `, until ${row.notAfter.slice(0, 10)}`}`,
        )
        return {
          exitCode: 0,
          json: { certificates: rows, total },
          text: lines.join('\n') || 'No certificates yet. Begin with: latchkey request "Your Name"',
        }
      }),
    )
}
