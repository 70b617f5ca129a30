import type { Command } from 'commander'
import { spelledOut } from '#electron/cli/cfssl/index'
import { createProgram } from '#electron/cli/program'
import type { Needs, Runner } from '#electron/cli/runner'

const silent = { out: () => undefined, err: () => undefined, finish: () => Promise.resolve(null) }
const nobody: Runner = { run: () => Promise.reject(), exitCode: () => 0 }

/** Every verb by its full name, such as "ca issue". */
export const verbs: [string, Command][] = verbsOf(createProgram(nobody, silent))

function verbsOf(command: Command, before = ''): [string, Command][] {
  return command.commands.flatMap((verb): [string, Command][] => {
    const name = `${before}${verb.name()}`
    return verb.commands.length === 0 ? [[name, verb]] : verbsOf(verb, `${name} `)
  })
}

export function helpOf(command: Command): string {
  const parts: string[] = []
  command.configureOutput({ writeOut: (part) => parts.push(part) })
  command.outputHelp()
  return parts.join('')
}

/** The examples of a verb's help, as a shell would hand them over. */
export function examplesOf(verb: Command): string[][] {
  const lines = helpOf(verb).match(/^ {2}latchkey .+$/gmu) ?? []
  return lines.map((line) => [...line.matchAll(/"([^"]*)"|(\S+)/gu)].map(([, quoted, plain]) => quoted ?? plain ?? ''))
}

/** What each verb needs by its definition, found by running the examples of its help without acting. */
export async function needsOfVerbs(): Promise<Map<string, Set<Needs>>> {
  const found = new Map<string, Set<Needs>>()
  const runner: Runner = {
    async run(verb, _options, needs) {
      found.set(verb, (found.get(verb) ?? new Set()).add(needs))
    },
    exitCode: () => 0,
  }
  for (const [, verb] of verbs)
    for (const words of examplesOf(verb)) await createProgram(runner, silent).parseAsync(spelledOut(['node', ...words]))
  return found
}
