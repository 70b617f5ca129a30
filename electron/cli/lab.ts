import { once } from 'node:events'
import type { Command } from 'commander'
import { AppError } from '#shared/errors'
import { labScenarioGroups, labScenarios } from '#shared/logic/lab-scenarios/index'
import { LabPolicy } from '#shared/model/lab'
import { LabScenario, LabScenarioGroup } from '#shared/model/lab-scenario'
import { collect, examples, withJson } from './options'
import type { Outcome } from './output'
import { requireOut, writeOut } from './output-files'
import type { CommonOptions, Runner } from './runner'

interface Options extends CommonOptions {
  action: string
  commonName: string[]
  scenario?: string
  listScenarios?: boolean
  chain?: string
  force?: boolean
}

export function addLab(program: Command, runner: Runner): void {
  withJson(program.command('lab'))
    .summary('run the practice site (an Access simulator on loopback) until interrupted')
    .option('--action <action>', 'service-auth, allow or bypass', 'service-auth')
    .option('--common-name <name>', 'let in only this Common Name (repeatable)', collect, [])
    .option('--scenario <name>', 'break the site in this way (see --list-scenarios)')
    .option('--list-scenarios', 'list what can be broken, and start nothing')
    .option('--chain <file>', 'output file for the practice CA’s chain (intermediate, root)')
    .option('--force', 'overwrite the file if it exists')
    .addHelpText(
      'after',
      examples('latchkey lab', 'latchkey lab --common-name "Ada Lovelace"', 'latchkey lab --scenario token-expired'),
    )
    .action((options: Options) => {
      if (options.listScenarios === true) return runner.run('lab', options, 'nothing', async () => listScenarios())
      return runner.run('lab', options, 'records', async (services, { print }) => {
        const scenario = readScenario(options.scenario)
        await requireOut({ out: options.chain, force: options.force })
        await services.lab.setPolicy(policyOf(options))
        await services.lab.setScenario(scenario)
        const { address } = await services.lab.start()
        await writeOut({ out: options.chain, force: options.force }, services.lab.chainPem())
        // Listens before the address is printed: a program that reads it may send the signal at once.
        const isInterrupted = interrupted()
        print({
          exitCode: 0,
          json: { address, scenario },
          text: [
            `The practice site is at ${address}`,
            ...(scenario === null ? [] : [`Broken: ${labScenarios[scenario].broken}`]),
            `Test it with: latchkey test ${address}`,
            'Press Ctrl+C to stop it.',
          ].join('\n'),
        })
        await isInterrupted
        return { exitCode: 0, json: {}, text: 'The practice site has stopped.' }
      })
    })
}

function readScenario(name: string | undefined): LabScenario | null {
  if (name === undefined) return null
  const parsed = LabScenario.safeParse(name)
  if (parsed.success) return parsed.data
  throw new AppError('invalid-input', '--scenario takes one of the names that “latchkey lab --list-scenarios” lists.')
}

/** By group, each with what is broken; the name is the cause that a test then names. */
function listScenarios(): Outcome {
  const all = LabScenario.options.map((name) => ({ name, ...labScenarios[name] }))
  const groups = LabScenarioGroup.options.map((group) => {
    const rows = all.filter((one) => one.group === group).map(({ name, broken }) => `  ${name}\n      ${broken}`)
    return [labScenarioGroups[group], ...rows].join('\n')
  })
  return { exitCode: 0, json: { scenarios: all }, text: groups.join('\n\n') }
}

function policyOf(options: Options): LabPolicy {
  const { commonName } = options
  const rule =
    commonName.length === 0 ? { kind: 'valid-certificate' } : { kind: 'common-name', commonNames: commonName }
  const parsed = LabPolicy.safeParse({ action: options.action, rule })
  if (!parsed.success) throw new AppError('invalid-input', '--action takes service-auth, allow or bypass.')
  return parsed.data
}

/** Resolves on Ctrl+C or SIGTERM. */
async function interrupted(): Promise<void> {
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])
}
