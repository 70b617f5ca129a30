import type { Command } from 'commander'
import { diagnosticReport } from '#shared/logic/diagnostic-report'
import { exitCodes } from './exit-codes'
import { type Installation, installationReport, isComplete } from './installation'
import { examples, withJson } from './options'
import type { CommonOptions, Runner } from './runner'

const runtime = { electron: null, chromium: null, node: process.versions.node, isTrial: false }

export function addDiagnostics(program: Command, runner: Runner): void {
  withJson(program.command('diagnostics'))
    .summary('print a report on this installation without names, addresses or keys')
    .addHelpText('after', examples('latchkey diagnostics'))
    .action(async (options: CommonOptions) => {
      const installation = await runner.installation()
      // Without libsql there are no records to open, and its absence is the answer.
      if (installation?.nativeModules.some(({ name, problem }) => name === 'libsql' && problem !== null))
        return runner.run('diagnostics', options, 'nothing', async () => ({
          exitCode: exitCodes.negative,
          json: { diagnostics: null, installation },
          text: installationReport(installation),
        }))
      return runner.run('diagnostics', options, 'records', async (services) => {
        const diagnostics = await services.diagnostics(runtime)
        const text = [diagnosticReport(diagnostics), ...partOf(installation)].join('\n')
        const exitCode = installation === null || isComplete(installation) ? exitCodes.fine : exitCodes.negative
        return { exitCode, json: { diagnostics, installation }, text }
      })
    })
}

const partOf = (installation: Installation | null) => (installation === null ? [] : [installationReport(installation)])
