import { expect, it } from 'vitest'
import { groupHosts, groupNames } from '../../../renderer/src/screens/connections/group-hosts'
import { hostRow } from '../../support/rows'

const hosts = [
  hostRow('a.example', { group: 'Production' }),
  hostRow('b.example'),
  hostRow('c.example', { group: 'Internal' }),
  hostRow('d.example', { group: 'Production' }),
]
const shape = (list: typeof hosts) =>
  groupHosts(list).map(({ name, hosts: members }) => [name, members.map(({ hostname }) => hostname)])

it('puts groups in order of their names, and what is in none last', () => {
  expect(shape(hosts)).toEqual([
    ['Internal', ['c.example']],
    ['Production', ['a.example', 'd.example']],
    [null, ['b.example']],
  ])
  expect(groupNames(hosts)).toEqual(['Internal', 'Production'])
})

it('has no group for no sites', () => {
  expect(shape([])).toEqual([])
  expect(shape(hosts.slice(1, 2))).toEqual([[null, ['b.example']]])
})
