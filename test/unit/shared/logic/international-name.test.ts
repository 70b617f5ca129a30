import { domainToASCII } from 'node:url'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parseAddress } from '#shared/logic/address'
import { toAsciiName } from '#shared/logic/international-name'
import { rounds } from '../../../support/rounds'

it.each([
  ['bücher.example', 'xn--bcher-kva.example'],
  ['BÜCHER.Example', 'xn--bcher-kva.example'],
  ['例え.テスト', 'xn--r8jz45g.xn--zckzah'],
  ['пример.испытание', 'xn--e1afmkfd.xn--80akhbyknj4f'],
  ['faß.example', 'xn--fa-hia.example'],
  ['ドメイン。例', 'xn--eckwd4c7c.xn--fsq'],
  ['plain.example', 'plain.example'],
])('writes %s as %s', (typed, expected) => {
  expect(toAsciiName(typed)).toBe(expected)
})

it('agrees with Node on every name that Node takes', () => {
  const letters = fc.constantFrom(...'abcäöüßéñçøåžłđαβγδжшщяあいう中文字한국어אבגابت', 'x', '1', '-')
  const label = fc.string({ unit: letters, minLength: 1, maxLength: 12 })
  fc.assert(
    fc.property(fc.array(label, { minLength: 1, maxLength: 3 }), (labels) => {
      const name = `${labels.join('.')}.example`
      const known = domainToASCII(name)
      if (known !== '') expect(toAsciiName(name)).toBe(known)
    }),
    { numRuns: rounds(500) },
  )
})

it('lets an address be typed as people write it', () => {
  expect(parseAddress('https://Bücher.example/straße')).toMatchObject({
    ok: true,
    hostname: 'xn--bcher-kva.example',
    path: '/stra%C3%9Fe',
  })
  expect(parseAddress('bücher..example').ok).toBe(false)
  expect(parseAddress('ü'.repeat(64)).ok).toBe(false)
})
