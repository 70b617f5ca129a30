import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { validateWorkflow } from '@action-validator/core'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'

/** The workflows run on GitHub's machines alone. What can be said of them here: they are well-formed, and call what exists. */
const folder = join('.github', 'workflows')
const workflows = readdirSync(folder).map((name): [string, string] => [name, readFileSync(join(folder, name), 'utf8')])
const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync('package.json', 'utf8')))
const suites = readFileSync(join('electron', 'setup', 'test.mjs'), 'utf8')

/** What stands after a key, without its comment. */
const valuesOf = (text: string, key: string): string[] =>
  [...text.matchAll(new RegExp(`^[ -]*${key}: (.+)$`, 'gmu'))].map(([, value = '']) => value)

it('there is one for every change, and one for a release', () => {
  expect(workflows.map(([name]) => name).sort()).toEqual(['ci.yml', 'release.yml'])
})

describe.each(workflows)('%s', (name, text) => {
  it('is a workflow', () => {
    expect(validateWorkflow(text).errors).toEqual([])
  })

  it('takes each action by its commit, and says which version that is', () => {
    const actions = valuesOf(text, 'uses')
    expect(actions.length).toBeGreaterThan(0)
    for (const action of actions) expect(action).toMatch(/^actions\/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/u)
  })

  it('calls scripts and suites that exist', () => {
    for (const command of valuesOf(text, 'run').filter((line) => line.includes('npm '))) {
      const [, script = '', suite, file] =
        /\bnpm (?:run )?([a-z]+)(?: -- (?:--[a-z]+ [a-z]+|([a-z0-9]+)(?: (\S+\.test\.ts))?))?$/u.exec(command) ?? []
      if (script !== 'ci') expect(Object.keys(scripts), command).toContain(script)
      if (suite !== undefined) expect(suites, command).toMatch(new RegExp(`^ {2}${suite}: \\{`, 'mu'))
      if (suite !== undefined && file !== undefined) expect(existsSync(join('test', suite, file)), command).toBe(true)
    }
  })

  it('may read the repository and nothing else, but for the job that drafts a release', () => {
    expect(text).toMatch(/^permissions:\n {2}contents: read$/mu)
    expect(text.match(/contents: write/gu)?.length ?? 0).toBe(name === 'release.yml' ? 1 : 0)
    expect(text).not.toContain('pull_request_target')
  })

  it('runs nothing that a branch or a pull request could have named', () => {
    for (const command of valuesOf(text, 'run')) expect(command).not.toContain('${{')
  })
})

it('secrets are handed out for a release alone, after a maintainer has agreed', () => {
  for (const [name, text] of workflows) {
    if (text.includes('secrets.'))
      expect([name, text]).toEqual(['release.yml', expect.stringContaining('environment: release')])
  }
})
