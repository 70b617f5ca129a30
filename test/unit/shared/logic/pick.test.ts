import { expect, it } from 'vitest'
import { answering } from '#shared/logic/pick'

const choices = [
  { name: 'Ada', sha256: 'aabbccddee00' },
  { name: '2', sha256: 'aabbcc112233' },
  { name: null, sha256: null },
  { name: '12', sha256: 'ff00ff00ff00' },
]
const places = (wanted: string) =>
  answering(choices, wanted, (choice) => choice).map((choice) => choices.indexOf(choice))

it.each<[string, string, number[]]>([
  ['a place', '3', [2]],
  ['a place before a name', '2', [1]],
  ['a name that is no place', '12', [3]],
  ['a name to the letter', 'Ada', [0]],
  ['a name in other letters', 'ada', []],
  ['a beginning of a SHA-256', 'AA:BB:CC:DD', [0]],
  ['a beginning that two have', 'aabbcc', [0, 1]],
  ['too short a beginning', 'aabb', []],
  ['no place at all', '0', []],
])('%s finds what answers to it', (_what, wanted, found) => expect(places(wanted)).toEqual(found))
