import { expect, it } from 'vitest'
import { crlReasons, reasonFlags, reasonWords } from '#shared/logic/crl-reasons'

it('knows every reason under both of its numbers (RFC 5280 §5.3.1 and §4.2.1.13)', () => {
  expect(crlReasons.map((reason) => reasonWords(reason))).toEqual([
    'unspecified',
    'key compromised',
    'CA compromised',
    'affiliation changed',
    'superseded',
    'cessation of operation',
    'on hold',
    'not used',
    'no longer revoked',
    'privilege withdrawn',
    'attribute authority compromised',
  ])
  expect(reasonFlags.map((reason) => reasonWords(reason))).toEqual([
    'not used',
    'key compromised',
    'CA compromised',
    'affiliation changed',
    'superseded',
    'cessation of operation',
    'on hold',
    'privilege withdrawn',
    'attribute authority compromised',
  ])
})

it('has no words for a number that nobody defined', () => {
  expect([reasonWords(crlReasons.at(11)), reasonWords(reasonFlags.at(9))]).toEqual([null, null])
})
