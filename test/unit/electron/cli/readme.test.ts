import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { CauseCode, VerdictKind } from '#shared/model/probe'
import { commands } from '../../../support/cli-commands'

const readme = readFileSync('electron/cli/README.md', 'utf8')
const named = new Set([...readme.matchAll(/`([^`\n]+)`/gu)].map(([, words]) => words))

it('names every verdict, every cause and every command', () => {
  const codes = [...VerdictKind.options, ...CauseCode.options]
  expect(codes.filter((code) => !named.has(code))).toEqual([])
  const others = commands.map(([name]) => name).filter((name) => !/^(?:cfssl|lab)/u.test(name))
  expect(others.filter((name) => !named.has(name))).toEqual([])
})
