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

it.each(['deb', 'rpm'])('the main one names the .%s as it is built', (kind) => {
  const builder = readFileSync(`electron/setup/package/${kind}.mjs`, 'utf8')
  const [, name = ''] = new RegExp(`[\`](latchkey[^\`\n]*\\.${kind})[\`]`, 'u').exec(builder) ?? []
  const arch = kind === 'deb' ? 'amd64' : 'x86_64'
  const file = name.replace(/\$\{facts\.version\}/u, 'VERSION').replace(/\$\{arch\}/u, arch)
  expect(readFileSync('README.md', 'utf8')).toContain(` install ./${file}\``)
})
