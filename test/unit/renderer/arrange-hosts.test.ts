import { describe, expect, it } from 'vitest'
import { arrangeHosts, noFilter, tagsOf } from '../../../renderer/src/screens/connections/arrange-hosts'
import { hostRow } from '../../support/rows'

const good = { lastTestGood: true, lastVerdict: null }
const hosts = [
  hostRow('wiki.example', { name: 'Wiki', tags: ['work'], ...good, lastTestAt: '2026-01-02T00:00:00.000Z' }),
  hostRow('admin.example', { note: 'Ask Bob', lastTestGood: false, lastTestAt: '2026-01-03T00:00:00.000Z' }),
  hostRow('zebra.example', { tags: ['lab', 'work'] }),
]
const shown = (filter: Partial<typeof noFilter>) =>
  arrangeHosts(hosts, { ...noFilter, ...filter }).map(({ hostname }) => hostname.split('.')[0])

describe('the list of sites', () => {
  it('keeps its order unless another is chosen, and never changes what it was given', () => {
    expect(shown({})).toEqual(['wiki', 'admin', 'zebra'])
    expect(shown({ order: 'name' })).toEqual(['admin', 'wiki', 'zebra'])
    expect(shown({ order: 'tested' })).toEqual(['admin', 'wiki', 'zebra'])
    expect(hosts[0]?.hostname).toBe('wiki.example')
  })

  it('is filtered by state and tag, and searched by name, note and tag as well', () => {
    expect(shown({ state: 'good' })).toEqual(['wiki'])
    expect(shown({ state: 'bad' })).toEqual(['admin'])
    expect(shown({ state: 'untested' })).toEqual(['zebra'])
    expect(shown({ tag: 'work' })).toEqual(['wiki', 'zebra'])
    expect(shown({ search: 'ask bob' })).toEqual(['admin'])
    expect(shown({ search: 'LAB' })).toEqual(['zebra'])
    expect(tagsOf(hosts)).toEqual(['lab', 'work'])
  })
})
