import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseCsv } from '#electron/pki/authority/lists/csv'

const cells = (text: string) => parseCsv(text).map((row) => row.cells)

describe('a list', () => {
  it('is read line by line', () => {
    expect(parseCsv('csr,common_name\nada.csr,Ada\nbob.csr,Bob\n')).toEqual([
      { line: 2, cells: { csr: 'ada.csr', common_name: 'Ada' } },
      { line: 3, cells: { csr: 'bob.csr', common_name: 'Bob' } },
    ])
  })

  it.each([
    ['Excel’s: mark, semicolons, CRLF', '\uFEFFCSR;Common Name\r\nada.csr;Ada\r\n'],
    ['tabs', 'csr\tcommon-name\nada.csr\tAda'],
    ['old line endings', 'csr,common_name\rada.csr,Ada\r'],
    ['quotes everywhere', '"csr","common_name"\n"ada.csr","Ada"\n'],
    ['blank lines and blanks', '\n csr , Common Name \n\n ada.csr , Ada \n , \n\n'],
    ['a first line that names the separator', 'sep=;\r\ncsr;common_name\r\nada.csr;Ada'],
    ['a separator that is named and rare', 'sep=\t\ncsr\tcommon_name\tnote, with, commas\nada.csr\tAda\t'],
    ['a semicolon in a quoted heading', '"csr";"common_name";"a,b,c,d"\nada.csr;Ada;'],
  ])('may be %s', (_kind, text) => {
    expect(cells(text)).toMatchObject([{ csr: 'ada.csr', common_name: 'Ada' }])
  })

  it('may hold separators, quotes and line breaks in quotes, and keeps count of the lines', () => {
    const text = 'csr,common_name\n"-----BEGIN\r\nX-----","Ada ""the first"", Countess"\nnext.csr,Bob'
    expect(parseCsv(text)).toEqual([
      { line: 2, cells: { csr: '-----BEGIN\r\nX-----', common_name: 'Ada "the first", Countess' } },
      { line: 4, cells: { csr: 'next.csr', common_name: 'Bob' } },
    ])
  })

  it('may have short lines and empty ends', () => {
    expect(cells('a,b,c\n1\n1,2,\n')).toEqual([
      { a: '1', b: '', c: '' },
      { a: '1', b: '2', c: '' },
    ])
  })

  it('may be empty', () => {
    expect([cells(''), cells('\uFEFF'), cells('a,b\n')]).toEqual([[], [], []])
  })

  it.each([
    ['a quote that does not end', 'a,b\n1,"2', /Line 2: a quote/u],
    ['something behind a quote', 'a,b\n"1"x,2', /Line 2: there is something after a closing quote/u],
    ['a line that is too long', 'a,b\n1,2,3', /Line 2 has more columns/u],
    [
      'columns without end',
      Array.from({ length: 100_000 }, (_, place) => `c${place}`).join(','),
      /more than 100 columns/u,
    ],
    ['a column twice', 'a,A\n1,2', /“a” appears twice/u],
    ['a cell that no name is long enough for', `a,b\n1,${'x'.repeat(20_000)}`, /Line 2: the column “b” is too long/u],
    [
      'more columns than any list has',
      Array.from({ length: 101 }, (_, index) => `c${index}`).join(','),
      /more than 100 columns/u,
    ],
    ['more lines than one batch has', `a\n${'1\n'.repeat(10_001)}`, /more than 10,000 lines/u],
  ])('is refused for %s', (_kind, text, reason) => {
    expect(() => parseCsv(text)).toThrow(reason)
  })

  it('gives back whatever was written', () => {
    const field = fc.string({ unit: 'binary' }).map((text) => text.trim())
    const quote = (text: string) => `"${text.replace(/"/gu, '""')}"`
    fc.assert(
      fc.property(fc.array(fc.tuple(field, field)), fc.constantFrom(',', ';', '\t'), (rows, separator) => {
        const kept = rows.filter((row) => row.some((text) => text !== ''))
        const text = [['a', 'b'], ...rows].map((row) => row.map(quote).join(separator)).join('\r\n')
        expect(cells(text)).toEqual(kept.map(([a, b]) => ({ a, b })))
      }),
    )
  })
})
