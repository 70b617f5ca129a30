import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readJson } from '#electron/cfssl/json'
import { rounds } from '../../../support/rounds'

const read = (text: string) => readJson('config.json', Buffer.from(text))

describe('a JSON file', () => {
  it('is read, with a byte order mark or without', () => {
    expect(read('{"a":[1,2]}')).toEqual({ a: [1, 2] })
    expect(read('\ufeff{"a":[1,2]}')).toEqual({ a: [1, 2] })
  })

  it.each([
    ['{\n  "CN": "Ada"\n  "O": "Acme"\n}', 'config.json, line 3, column 3: a comma is missing before it.'],
    ['{\r\n  "CN": "Ada",\r\n}', 'config.json, line 3, column 1: a field name in quotes is missing.'],
    ['{"CN" "Ada"}', 'config.json, line 1, column 7: a colon is missing.'],
    ['{"CN": }', 'config.json, line 1, column 8: a value is missing.'],
    ['{"CN": "Ada', 'config.json, line 1, column 8: a string does not end.'],
    ['{"hosts": ["a.example"', 'config.json, line 1, column 23: a closing bracket is missing.'],
    ['// names\n{}', 'config.json, line 1, column 1: comments are not allowed.'],
    ['{} {}', 'config.json, line 1, column 4: something follows the end.'],
    ['', 'config.json, line 1, column 1: a value is missing.'],
    ['{"ä𝄞": yes}', 'config.json, line 1, column 8: this is not JSON here.'],
  ])('%j says where it is not JSON', (text, detail) => {
    expect(() => read(text)).toThrow(expect.objectContaining({ code: 'invalid-input', detail }))
  })

  it('has a place for every fault', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), fc.string({ maxLength: 2 }), (text, place, put) => {
        const at = place % (text.length + 1)
        const changed = text.slice(0, at) + put + text.slice(at + 1)
        try {
          expect(read(changed)).toEqual(JSON.parse(changed.replace(/^\ufeff/u, '')))
        } catch (error) {
          expect(error).toMatchObject({
            code: 'invalid-input',
            detail: expect.stringMatching(/line \d+, column \d+: /u),
          })
        }
      }),
      { numRuns: rounds(300) },
    )
  })
})
