import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bashCompletion } from '#electron/cli/completion/bash'
import { fishCompletion } from '#electron/cli/completion/fish'
import { wordsOf } from '#electron/cli/completion/words'
import { zshCompletion } from '#electron/cli/completion/zsh'
import { createProgram } from '#electron/cli/program'
import type { Runner } from '#electron/cli/runner'
import { temporaryFolder } from '../../../support/home'
import { isSoak } from '../../../support/rounds'
import { openTypedShell, type TypedShell } from '../../../support/typed-shell'

const unused: Runner = { run: () => Promise.reject(), exitCode: () => 0, installation: async () => null }
const silent = { out: () => undefined, err: () => undefined, finish: () => Promise.resolve(null) }
const words = wordsOf(await createProgram(unused, silent, undefined))

/** Each would run a program, or be cut in two, if a script took it for more than a name. */
const names = ['plain.p12', 'a b.pem', "it's.pem", '$(touch ran).pem', 'x;touch ran.pem', '-dash.pem', 'eq=ual.pem']

function folderWithFiles(): string {
  const folder = temporaryFolder()
  for (const name of names) writeFileSync(join(folder, name), '')
  return folder
}

/** What is typed, and the command line after a Tab. */
const completed: [string, string][] = [
  ['latchkey te', 'latchkey test '],
  ['latchkey "ca" iss', 'latchkey "ca" issue '],
  ['LATCHKEY_HOME=/x latchkey ca iss', 'LATCHKEY_HOME=/x latchkey ca issue '],
  ['latchkey help ca iss', 'latchkey help ca issue '],
  ['latchkey ca issue --csv-enc', 'latchkey ca issue --csv-encoding '],
  ['latchkey ca issue --csv-encoding w', 'latchkey ca issue --csv-encoding windows-1252 '],
  ['latchkey ca issue --csv-encoding=w', 'latchkey ca issue --csv-encoding=windows-1252 '],
  ['latchkey convert --for=w', 'latchkey convert --for=windows '],
  // Files, as arguments and as what an option takes.
  ['latchkey inspect pl', 'latchkey inspect plain.p12 '],
  ['latchkey convert plain.p12 -o pl', 'latchkey convert plain.p12 -o plain.p12 '],
  ['latchkey convert plain.p12 --out=pl', 'latchkey convert plain.p12 --out=plain.p12 '],
  ['latchkey inspect -- -d', 'latchkey inspect -- -dash.pem '],
  ['latchkey inspect a', String.raw`latchkey inspect a\ b.pem `],
  ['latchkey inspect "a', 'latchkey inspect "a b.pem" '],
  ['latchkey inspect it', String.raw`latchkey inspect it\'s.pem `],
  ['latchkey inspect x', String.raw`latchkey inspect x\;touch\ ran.pem `],
  [String.raw`latchkey inspect \$`, String.raw`latchkey inspect \$\(touch\ ran\).pem `],
  // What is typed already is read, and not run.
  ['latchkey inspect $(touch ran) pl', 'latchkey inspect $(touch ran) plain.p12 '],
  ['latchkey ca issue --issuer "$(touch ran)" --acc', 'latchkey ca issue --issuer "$(touch ran)" --accept-subject '],
]

const scripts = { bash: bashCompletion(words), zsh: zshCompletion(words) }
/** What stands before the script in ~/.bashrc and ~/.zshrc, as `latchkey completion --help` says. */
const first = { bash: '', zsh: 'autoload -U compinit && compinit -u -D\n' }

describe.runIf(process.platform === 'linux').each(['bash', 'zsh'] as const)('at a terminal, %s', (name) => {
  let folder: string
  let shell: TypedShell
  beforeAll(async () => {
    folder = folderWithFiles()
    shell = await openTypedShell(name, `${first[name]}${scripts[name]}`, folder)
  })
  afterAll(() => shell.end())

  it('completes commands, options, their values and the names of files, and runs nothing', async () => {
    const after: [string, string][] = []
    for (const [typed] of completed) after.push([typed, await shell.tab(typed)])
    expect(after).toEqual(completed)
    expect(readdirSync(folder).sort()).toEqual([...names].sort())
  })

  // zsh itself expands such a word at a Tab, whatever completes it.
  it.runIf(name === 'bash')('does not run the word that is being typed either', async () => {
    for (const typed of ['latchkey $(>ran)', 'latchkey convert --for=$(>ran)', 'latchkey ca `>ran`'])
      expect(await shell.tab(typed)).toBe(typed)
    expect(readdirSync(folder)).not.toContain('ran')
  })

  it('offers every value of an option, and each command', async () => {
    const formats = words.find(({ path }) => path.join(' ') === 'convert')?.options ?? []
    const values = formats.find(({ flags }) => flags.includes('--for'))?.value
    const offered = (await shell.offered('latchkey convert --for ')).split(/\s+/u)
    expect(offered.slice(3, -1).sort()).toEqual([...(values ?? [])].sort())
    const commands = words.find(({ path }) => path.length === 0)?.commands.map((command) => command.name)
    expect((await shell.offered('latchkey ')).trim().split(/\s+/u).slice(1).sort()).toEqual(commands?.sort())
  })
})

it.runIf(isSoak && process.platform === 'linux')('zsh finds the script by itself where a package puts it', async () => {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'functions'))
  writeFileSync(join(folder, 'functions', '_latchkey'), scripts.zsh)
  const shell = await openTypedShell('zsh', `fpath=(${folder}/functions $fpath)\n${first.zsh}`, folder)
  const after = [await shell.tab('latchkey te'), await shell.tab('latchkey ca issue --csv-encoding=w')]
  await shell.end()
  expect(after).toEqual(['latchkey test ', 'latchkey ca issue --csv-encoding=windows-1252 '])
})

it.runIf(process.platform === 'linux')('fish finds the script where a package puts it, and runs nothing', () => {
  const folder = folderWithFiles()
  const data = temporaryFolder()
  mkdirSync(join(data, 'fish', 'vendor_completions.d'), { recursive: true })
  writeFileSync(join(data, 'fish', 'vendor_completions.d', 'latchkey.fish'), fishCompletion(words))
  // Fish looks for the script of a command that is there.
  writeFileSync(join(data, 'latchkey'), '#!/bin/sh\n', { mode: 0o755 })
  const env = { ...process.env, HOME: data, XDG_DATA_DIRS: data, PATH: `${process.env['PATH']}:${data}` }
  const offered = (typed: string) =>
    execFileSync('fish', ['-c', 'complete -C $argv[1] | string replace -r "\\t.*" ""; true', typed], {
      cwd: folder,
      env,
      encoding: 'utf8',
    })
      .split('\n')
      .filter((line) => line !== '')
  const expected: [string, string[]][] = [
    ['latchkey te', ['test']],
    ['latchkey "ca" iss', ['issue']],
    ['latchkey convert --for=w', ['--for=windows']],
    ['latchkey convert plain.p12 --out=pl', ['--out=plain.p12']],
    ['latchkey inspect -- -d', ['-dash.pem']],
    ['latchkey inspect a', ['a b.pem']],
    ['latchkey inspect (touch ran) pl', ['plain.p12']],
    ['latchkey ca issue --issuer "$(touch ran)" --acc', ['--accept-subject']],
  ]
  expect(expected.map(([typed]) => [typed, offered(typed)])).toEqual(expected)
  expect(readdirSync(folder).sort()).toEqual([...names].sort())
})
