import { describe, expect, it } from 'vitest'
import { createProgram } from '#electron/cli/program'
import type { Runner } from '#electron/cli/runner'
import { examplesOf, helpOf, needsOfVerbs, verbs } from '../../../support/verbs'

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
    const nobody: Runner = { run: () => Promise.reject(), exitCode: () => 0 }
    const silent = { out: () => undefined, err: () => undefined, finish: () => Promise.resolve(null) }
    const program = createProgram(nobody, silent)
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

describe('a verb', () => {
  it.each(verbs)('%s takes the options of its examples', (name, verb) => {
    for (const example of examplesOf(verb)) expect(example.slice(1).join(' ')).toMatch(new RegExp(`^${name}( |$)`, 'u'))
  })

  it('says what it needs', async () => {
    const needs = await needsOfVerbs()
    expect([...needs.keys()].sort()).toEqual(verbs.map(([name]) => name).sort())
  })
})
