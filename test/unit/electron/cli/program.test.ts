import { describe, expect, it } from 'vitest'
import { createProgram } from '#electron/cli/program'
import type { Runner } from '#electron/cli/runner'
import { commands, examplesOf, helpOf, needsOfCommands } from '../../../support/cli-commands'

const unused: Runner = { run: () => Promise.reject(), exitCode: () => 0, installation: async () => null }
const silent = { out: () => undefined, err: () => undefined, finish: () => Promise.resolve(null) }
const programFor = (called: string | undefined) => createProgram(unused, silent, called)

describe('the help', () => {
  it.each(commands)('of %s says what it does, has examples, and no option that takes a secret', (name, command) => {
    const help = helpOf(command)
    expect(command.summary() || command.description()).not.toBe('')
    expect(help).toContain(`latchkey ${name}`)
    expect(help).toMatch(/Examples:\n {2}latchkey /u)
    expect(help).not.toMatch(/--(password|passphrase|auth-key|token)\b(?!-file)/u)
    expect(command.options.filter(({ description }) => description === '').map(({ flags }) => flags)).toEqual([])
  })

  it('of the program lists every command', async () => {
    const program = await programFor(undefined)
    const help = helpOf(program)
    for (const command of program.commands) expect(help).toContain(`  ${command.name()}`)
  })

  it('uses each short option for the same long option everywhere', () => {
    const words = new Map<string, Set<string>>()
    for (const [, command] of commands)
      for (const { short, long } of command.options)
        if (short !== undefined) words.set(short, (words.get(short) ?? new Set()).add(long ?? ''))
    for (const [short, long] of words) expect([short, [...long]]).toEqual([short, [...long].slice(0, 1)])
  })
})

describe('a command', () => {
  it('is the only one that is defined when it is called', async () => {
    const all = (await programFor(undefined)).commands.map((command) => command.name())
    const describeAll = ['completion', 'manual']
    for (const name of all)
      expect((await programFor(name)).commands.map((command) => command.name())).toEqual(
        describeAll.includes(name) ? all : [name],
      )
    expect((await programFor('help')).commands.map((command) => command.name())).toEqual(all)
  })

  it.each(commands)('%s accepts the options of its examples', (name, command) => {
    for (const example of examplesOf(command))
      expect(example.slice(1).join(' ')).toMatch(new RegExp(`^${name}( |$)`, 'u'))
  })

  it('declares what it needs', async () => {
    const needs = await needsOfCommands()
    expect([...needs.keys()].sort()).toEqual(commands.map(([name]) => name).sort())
  })
})
