import type { Command } from 'commander'
import { parseJson } from '#electron/platform/parse-json'
import { AppError } from '#shared/errors'
import { readSavedReports } from '#shared/logic/report/saved'
import { reportText } from '#shared/logic/report/text'
import type { ProbeReport } from '#shared/model/probe'
import { comparisonOutcome } from './comparison'
import { readFiles } from './input-files'
import { examples, withJson } from './options'
import type { CommonOptions, Runner } from './runner'
import { decodeText } from './secrets'
import { exitCodeFor, reportsAsJson } from './test-outcome'

export function addDiagnose(program: Command, runner: Runner): void {
  withJson(program.command('diagnose'))
    .summary('explain a saved report of a connection test: verdict, cause, who has to act, and how')
    .argument('<file>', 'a report, written by --report FILE.json or printed by “latchkey test --json”')
    .argument('[other]', 'a second report, to list what differs')
    .addHelpText(
      'after',
      examples(
        'latchkey diagnose report.json',
        'latchkey diagnose report.json --json',
        'latchkey diagnose monday.json tuesday.json',
      ),
    )
    .action((path: string, other: string | undefined, options: CommonOptions) =>
      runner.run('diagnose', options, 'nothing', async () => {
        if (other !== undefined) return comparisonOutcome(await reportIn(path), await reportIn(other))
        const reports = await reportsIn(path)
        return {
          exitCode: exitCodeFor(reports),
          json: reportsAsJson(reports),
          text: reports.map(reportText).join(`\n\n${'─'.repeat(40)}\n\n`),
        }
      }),
    )
}

async function reportIn(path: string): Promise<ProbeReport> {
  const [only, ...more] = await reportsIn(path)
  if (only === undefined || more.length > 0)
    throw new AppError('invalid-input', `${path}: several reports. Only files with one can be compared.`)
  return only
}

/** The file comes from somebody else, and so may be anything. */
async function reportsIn(path: string): Promise<ProbeReport[]> {
  const [file] = await readFiles([path])
  const value = file === undefined ? undefined : parseJson(decodeText(file.bytes))
  const reports = value === undefined ? null : readSavedReports(value)
  if (reports === null)
    throw new AppError(
      'invalid-input',
      `${path}: ${value === undefined ? 'not JSON' : 'not a report of a connection test'}`,
    )
  return reports
}
