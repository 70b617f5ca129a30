import type { Command } from 'commander'
import { diagnosticReport } from '#shared/logic/diagnostic-report'
import { examples, withJson } from './options'
import type { CommonOptions, Runner } from './runner'

const runtime = { electron: null, chromium: null, node: process.versions.node, isTrial: false }

export function addDiagnostics(program: Command, runner: Runner): void {
  withJson(program.command('diagnostics'))
    .summary('print a report on this installation without names, addresses or keys')
    .addHelpText('after', examples('latchkey diagnostics'))
    .action((options: CommonOptions) =>
      runner.run('diagnostics', options, 'records', async (services) => {
        const diagnostics = await services.diagnostics(runtime)
        return { exitCode: 0, json: { diagnostics }, text: diagnosticReport(diagnostics) }
      }),
    )
}
