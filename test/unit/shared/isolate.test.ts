import { describe, expect, it } from 'vitest'
import { isolated, quoted, withIsolatedNames } from '#shared/logic/isolate'

const hebrew = 'עדה לאבלייס'
const arabic = 'سلمى'

describe('a name within a sentence', () => {
  it('stands by itself where it is written from right to left', () => {
    expect(quoted(hebrew)).toBe(`“\u2068${hebrew}\u2069”`)
    expect(`Issued by ${isolated(arabic)} · 12 days left`).toBe(`Issued by \u2068${arabic}\u2069 · 12 days left`)
    expect(isolated(`Acme ${hebrew} 2`)).toBe(`\u2068Acme ${hebrew} 2\u2069`)
  })

  it('is left as it is in all other writing', () => {
    for (const name of ['', 'Ada Lovelace', '山田太郎', 'Ольга', 'अदा', '👩‍💻 admin']) {
      expect(isolated(name)).toBe(name)
      expect(quoted(name)).toBe(`“${name}”`)
    }
  })

  it('is found in what somebody else wrote, however many there are, and isolated once', () => {
    const sentence = `Replaced by “${hebrew}” and “${arabic}”, not “Ada”.`
    const isolatedOnce = withIsolatedNames(sentence)
    expect(isolatedOnce).toBe(`Replaced by “\u2068${hebrew}\u2069” and “\u2068${arabic}\u2069”, not “Ada”.`)
    expect(withIsolatedNames(isolatedOnce)).toBe(isolatedOnce)
  })

  it('is found without quotation marks, too, each for itself', () => {
    expect(withIsolatedNames(`Certificate named ${hebrew}, ${arabic} or one of 3 more.`)).toBe(
      `Certificate named \u2068${hebrew}\u2069, \u2068${arabic}\u2069 or one of 3 more.`,
    )
    expect(withIsolatedNames('Certificate named Ada Lovelace or Ольга.')).toBe(
      'Certificate named Ada Lovelace or Ольга.',
    )
  })
})
