import { expect, it } from 'vitest'
import { keyUsageBits } from '#electron/pki/x509/read-extensions'
import { keyUsageOfBit, keyUsageWords } from '#shared/logic/key-usage'

it('has the same words for every use by name and by bit (RFC 5280 §4.2.1.3)', () => {
  const byName = Object.keys(keyUsageBits).map(keyUsageWords)
  expect(byName).toEqual(Object.values(keyUsageBits).map(keyUsageOfBit))
  expect(byName.filter((words) => !words.includes(' ')).sort()).toEqual(['Non-repudiation'])
})

it('keeps a name that it does not know', () => {
  expect([keyUsageWords('somethingNew'), keyUsageOfBit(9)]).toEqual(['somethingNew', undefined])
})
