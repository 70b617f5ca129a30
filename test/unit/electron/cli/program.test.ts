import type { Command } from 'commander'
import { describe, expect, it } from 'vitest'
import { createProgram } from '#electron/cli/program'
import type { Runner } from '#electron/cli/runner'

const nobody: Runner = { run: () => Promise.reject(), runOnFiles: () => Promise.reject(), exitCode: () => 0 }
const program = createProgram(nobody)

/** With what comes before it: "ca issue". */
function verbsOf(command: Command, before = ''): [string, Command][] {
  return command.commands.flatMap((verb): [string, Command][] => {
    const name = `${before}${verb.name()}`
    return verb.commands.length === 0 ? [[name, verb]] : verbsOf(verb, `${name} `)
  })
}

function helpOf(command: Command): string {
  const parts: string[] = []
  command.configureOutput({ writeOut: (part) => parts.push(part) })
  command.outputHelp()
  return parts.join('')
}

const verbs = verbsOf(program)

describe('the help', () => {
  it.each(verbs)('of %s says what it does, has examples, and no option that takes a secret', (name, verb) => {
    const help = helpOf(verb)
    expect(verb.summary() || verb.description()).not.toBe('')
    expect(help).toContain(`latchkey ${name}`)
    expect(help).toMatch(/Examples:\n {2}latchkey /u)
    expect(help).not.toMatch(/--(password|passphrase|auth-key|token)\b(?!-file)/u)
    expect(verb.options.filter(({ description }) => description === '').map(({ flags }) => flags)).toEqual([])
  })

  it('of the whole names every verb', () => {
    const help = helpOf(program)
    for (const verb of program.commands) expect(help).toContain(`  ${verb.name()}`)
  })

  it('calls one thing by one name', () => {
    const words = new Map<string, Set<string>>()
    for (const [, verb] of verbs)
      for (const { short, long } of verb.options)
        if (short !== undefined) words.set(short, (words.get(short) ?? new Set()).add(long ?? ''))
    for (const [short, long] of words) expect([short, [...long]]).toEqual([short, [...long].slice(0, 1)])
  })
})
