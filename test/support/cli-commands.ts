import type { Command } from 'commander'
import { createProgram, withDoubleDashes } from '#electron/cli/program'
import type { Needs, Runner } from '#electron/cli/runner'

const silent = { out: () => undefined, err: () => undefined, finish: () => Promise.resolve(null) }
const unused: Runner = { run: () => Promise.reject(), exitCode: () => 0, installation: async () => null }

/** Every command by its full name, such as "ca issue". */
export const commands: [string, Command][] = commandsOf(await createProgram(unused, silent, undefined))

function commandsOf(parent: Command, before = ''): [string, Command][] {
  return parent.commands.flatMap((command): [string, Command][] => {
    const name = `${before}${command.name()}`
    return command.commands.length === 0 ? [[name, command]] : commandsOf(command, `${name} `)
  })
}

export function helpOf(command: Command): string {
  const parts: string[] = []
  command.configureOutput({ writeOut: (part) => parts.push(part) })
  command.outputHelp()
  return parts.join('')
}

/** The examples in a command's help, split into arguments as a shell does. */
export function examplesOf(command: Command): string[][] {
  const lines = helpOf(command).match(/^ {2}latchkey .+$/gmu) ?? []
  return lines.map((line) => [...line.matchAll(/"([^"]*)"|(\S+)/gu)].map(([, quoted, plain]) => quoted ?? plain ?? ''))
}

/** What each command needs, found by running the examples of its help with a runner that only records this. */
export async function needsOfCommands(): Promise<Map<string, Set<Needs>>> {
  const found = new Map<string, Set<Needs>>()
  const runner: Runner = {
    async run(command, _options, needs) {
      found.set(command, (found.get(command) ?? new Set()).add(needs))
    },
    exitCode: () => 0,
    installation: async () => null,
  }
  for (const [, command] of commands)
    for (const words of examplesOf(command))
      await (await createProgram(runner, silent, words[1])).parseAsync(withDoubleDashes(['node', ...words]))
  return found
}
