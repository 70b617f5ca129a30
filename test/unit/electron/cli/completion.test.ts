import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bashCompletion } from '#electron/cli/completion/bash'
import { fishCompletion } from '#electron/cli/completion/fish'
import { powershellCompletion } from '#electron/cli/completion/powershell'
import { wordsOf } from '#electron/cli/completion/words'
import { zshCompletion } from '#electron/cli/completion/zsh'
import { manualPage } from '#electron/cli/manual'
import { createProgram } from '#electron/cli/program'
import type { Runner } from '#electron/cli/runner'
import { timerNames } from '#electron/platform/daily-check/daily-check'
import { autostartName } from '#electron/platform/start-at-login/xdg-autostart'
import { commands, examplesOf } from '../../../support/cli-commands'

const unused: Runner = { run: () => Promise.reject(), exitCode: () => 0, installation: async () => null }
const silent = { out: () => undefined, err: () => undefined, finish: () => Promise.resolve(null) }
const program = await createProgram(unused, silent, undefined)
const words = wordsOf(program)

/** What somebody has typed, and all that a shell may offer then. */
const typed: [string, string[]][] = [
  ...words.map(({ path, options }): [string, string[]] => [
    ['latchkey', ...path, '--'].join(' '),
    options.flatMap(({ flags }) => flags.filter((flag) => flag.startsWith('--'))),
  ]),
  ...words
    .filter(({ commands }) => commands.length > 0)
    .map(({ path, commands }): [string, string[]] => [
      `${['latchkey', ...path].join(' ')} `,
      commands.map(({ name }) => name),
    ]),
  ['latchkey ca iss', ['issue']],
  ['latchkey ca issue --csv people.csv --csv-e', ['--csv-encoding']],
  ['latchkey ca issue --csv-encoding ', ['windows-1252']],
  ['latchkey cfssl gencrl a b c --form d', ['der']],
  ['latchkey completion ', ['bash', 'zsh', 'fish', 'powershell']],
  // The name of a command in the place of a value is none.
  ['latchkey ca issue --issuer init --acc', ['--accept-subject']],
]
const sorted = (all: [string, string[]][]) => all.map(([line, offered]) => [line, [...offered].sort()])

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-completion-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Runs a script in a shell, which prints one line for each line that was typed: what it offers, with spaces between. */
function offeredBy(shell: string[], script: string): [string, string[]][] {
  const file = join(folder, 'script')
  writeFileSync(file, script)
  const [command = '', ...args] = shell
  const options = { encoding: 'utf8', cwd: folder, env: { ...process.env, HOME: folder } } as const
  const printed = execFileSync(command, [...args, file], options)
  const lines = printed.split('\n')
  return typed.map(([line], index) => [line, (lines[index] ?? '').split(' ').filter((word) => word !== '')])
}

const quoted = (text: string) => `'${text}'`
/** As a shell splits what was typed: an empty word stands behind the last space. */
const split = (line: string) => line.split(' ').map(quoted).join(' ')

describe('each shell offers just what can come next', () => {
  it('bash', () => {
    const lines = typed.map(([line]) => `try ${split(line)}`)
    const attempt = `try() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _latchkey; echo "\${COMPREPLY[@]}"; }`
    const script = [bashCompletion(words), attempt, ...lines].join('\n')
    expect(sorted(offeredBy(['bash', '--norc'], script))).toEqual(sorted(typed))
  })

  it('zsh', () => {
    // The functions of its completion system, which run only while somebody types.
    const system = `
      compdef() { : }
      keep() { for one in "$@"; do [[ $one == "$typed"* ]] && print -rn -- "\${one} "; done }
      compadd() { shift; keep "$@" }
      _describe() { keep "\${(@)offered%%:*}" }
      _files() { : }
      try() { words=("$@"); CURRENT=$#; typed="\${words[-1]}"; _latchkey; print }`
    const lines = typed.map(([line]) => `try ${split(line)}`)
    const script = [system, zshCompletion(words), ...lines].join('\n')
    const long = sorted(offeredBy(['zsh', '-f'], script))
    expect(long).toEqual(sorted(typed))
  })

  it('fish', () => {
    const lines = typed.map(
      ([line]) => `printf '%s ' (complete -C ${quoted(line)} | string replace -r '\\t.*' ''); echo`,
    )
    const script = [fishCompletion(words), ...lines].join('\n')
    expect(sorted(offeredBy(['fish', '--no-config'], script))).toEqual(sorted(typed))
  })

  // PowerShell is not in Debian. Here the tables of its script are read, and its steps are done with them; that PowerShell itself
  // takes the script as it is meant, and calls it, is not proven.
  it('PowerShell, by the tables of its script', () => {
    const script = powershellCompletion(words)
    const [places, values] = [tableIn(script, 'places'), tableIn(script, 'values')]
    const offered = typed.map(([line]): [string, string[]] => {
      const parts = line.split(' ')
      const word = parts.at(-1) ?? ''
      let [place, before] = ['', '']
      for (const part of parts.slice(1, -1)) {
        before = part
        if (places.has(`${place}/${part}`.toLowerCase())) place = `${place}/${part}`
      }
      const known = values.get(`${place} ${before}`.toLowerCase())
      const own = places.get(place.toLowerCase())?.filter((one) => one.startsWith('-') === word.startsWith('-'))
      return [line, (known ?? own ?? []).map((one) => one.split('|')[0] ?? '').filter((one) => one.startsWith(word))]
    })
    expect(sorted(offered)).toEqual(sorted(typed))
  })

  it('PowerShell, whose script is whole: outside of its texts, each bracket is closed', () => {
    const script = powershellCompletion(words)
    const code = script
      .replace(/^#.*$/gmu, '')
      .replace(powershellText, '')
      .replace(/"[^"\n]*"/gu, '')
    expect(code).not.toMatch(/['‘’‚‛"]/u)
    const open: string[] = []
    for (const [bracket] of code.matchAll(/[(){}[\]]/gu))
      if ('({['.includes(bracket)) open.push(bracket)
      else expect(`${open.pop() ?? ''}${bracket}`).toMatch(/^(\(\)|\{\}|\[\])$/u)
    expect(open).toEqual([])
  })
})

/** A text in single quotes: a quote in it, typographic ones too, is doubled (about_Quoting_Rules). */
const powershellText = /'(?:[^'‘’‚‛]|(['‘’‚‛])\1)*'/gu

/** The hash table of this name. PowerShell refuses a literal with the same key twice, and does not tell cases apart. */
function tableIn(script: string, name: string): Map<string, string[]> {
  const [, body = ''] = new RegExp(`\\$${name} = @\\{\n([\\s\\S]*?)\n    \\}`, 'u').exec(script) ?? []
  const table = new Map<string, string[]>()
  for (const line of body.split('\n')) {
    const [key = '', ...texts] = [...line.matchAll(powershellText)].map(([text]) =>
      text.slice(1, -1).replace(/(['‘’‚‛])\1/gu, '$1'),
    )
    expect(line.replace(powershellText, 'x')).toMatch(/^ {8}x = @\((x(, x)*)?\)$/u)
    expect(table.has(key.toLowerCase()), key).toBe(false)
    table.set(key.toLowerCase(), texts)
  }
  return table
}

describe('the manual page', () => {
  const page = manualPage(program, '1.2.3')

  it('is one that mandoc reads without an error, with every command, option and example', () => {
    const file = join(folder, 'latchkey.1')
    writeFileSync(file, page)
    expect(execFileSync('mandoc', ['-T', 'lint', '-W', 'error', file], { encoding: 'utf8' })).toBe('')
    const text = execFileSync('mandoc', ['-T', 'utf8', '-O', 'width=1000', file], { encoding: 'utf8' })
    // Bold is a letter printed over itself.
    const plain = text.replace(/.\u0008/gu, '')
    for (const [name, command] of commands) {
      expect(plain).toContain(`   latchkey ${name} `)
      for (const example of examplesOf(command)) expect(plain).toContain(example.slice(0, 2).join(' '))
      for (const { flags } of command.options) expect(plain).toContain(flags)
    }
  })

  it('says what stays when the package is removed, and names each file as the program makes it', () => {
    const text = page.slice(page.indexOf('.SH FILES')).replaceAll('\\-', '-').replaceAll('\\e', '\\')
    expect(text).toContain('~/.config/Latchkey')
    for (const name of [...Object.values(timerNames), autostartName]) expect(text).toContain(name)
    expect(text).toContain('only if nobody needs its private keys')
  })
})
