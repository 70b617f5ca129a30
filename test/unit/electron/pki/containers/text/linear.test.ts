import { afterEach, describe, expect, it, vi } from 'vitest'
import { openFile } from '#electron/pki/containers/open'
import { newBudget, unwrapText } from '#electron/pki/containers/text/unwrap'
import { AppError } from '#shared/errors'
import { partOfToday } from '../../../../../support/rounds'

/** What makes careless text handling slow: long runs of what a layer is recognised by. */
const units: Record<string, string> = {
  blanks: ' ',
  'U+00A0': '\u00a0',
  'line feeds': '\n',
  'lines of blanks': `${' '.repeat(40)}\n`,
  '-----BEGIN': '-----BEGIN',
  '-----BEGIN with labels': '-----BEGIN A-----',
  '-----END with labels': 'AAAA\n-----END A-----\n',
  hyphens: '-',
  backslashes: '\\',
  'backslashes and quotes': '\\"',
  quotes: '"',
  '%25': '%25',
  '%': '%',
  '>': '>',
  '> and blanks': '> \n',
  '<': '<',
  '<a': '<a',
  '</p>': '</p>',
  '&': '&',
  '&amp;': '&amp;',
  '=3D': '=3D',
  'base64 characters': 'A',
  'base64 words': 'AAAA ',
  'mail headers': 'From: a\n',
  'mail headers apart': 'From: a\n\n',
  'content headers': 'Content-Type: text/plain\n',
  'content headers apart': 'Content-Type: text/plain\n\n',
  'keys of YAML': 'a: ',
  braces: '{',
  brackets: '[',
  dictionaries: '<plist><dict><key>PayloadContent</key>',
}

const made = (unit: string, size: number) => unit.repeat(Math.ceil(size / unit.length)).slice(0, size)
const ends = ['%', ' x']

afterEach(() => {
  vi.restoreAllMocks()
})

/** How many characters are handed to functions that read all of a text, over all layers. */
function charactersRead(text: string): number {
  let count = 0
  const counted = ['replace', 'replaceAll', 'split', 'matchAll', 'slice', 'trim', 'trimEnd', 'includes'] as const
  for (const name of counted) {
    const original: (this: string, ...args: never[]) => unknown = String.prototype[name]
    vi.spyOn(String.prototype, name).mockImplementation(function (this: string, ...args: never[]) {
      // A slice reads what it returns; the others read what they are given.
      const result = original.apply(this, args)
      count += name === 'slice' && typeof result === 'string' ? result.length : this.length
      return result as never
    } as never)
  }
  for (const name of ['test', 'exec'] as const) {
    const original: (this: RegExp, text: string) => unknown = RegExp.prototype[name]
    vi.spyOn(RegExp.prototype, name).mockImplementation(function (this: RegExp, given: string) {
      count += this.sticky || this.global ? 1 : given.length
      return original.call(this, given) as never
    } as never)
  }
  unwrapText(text, { budget: newBudget() })
  vi.restoreAllMocks()
  return count
}

describe('twice as much text is not read more than twice as often', () => {
  it.each(Object.entries(units))('%s', (_, unit) => {
    const [once, twice] = [charactersRead(made(unit, 25_000)), charactersRead(made(unit, 50_000))]
    expect(twice / once).toBeLessThan(2.3)
  })
})

describe('a long run ends, in a file and in a block', () => {
  const survives = async (text: string) => {
    const outcome = await openFile({ name: 'long', bytes: Buffer.from(text), password: null }).catch(
      (error: unknown) => error,
    )
    expect(outcome).toBeInstanceOf(AppError)
  }

  // A quadratic expression needs more than half a minute for each of these, and the time limit of every test ends it.
  it.each(partOfToday(Object.entries(units), 4))('%s', async (_, unit) => {
    const text = made(unit, 200_000)
    await survives(text)
    for (const end of ends) await survives(`x${text}${end}`)
    await survives(`-----BEGIN CERTIFICATE-----\n${text}!\n-----END CERTIFICATE-----\n`)
  })
})
