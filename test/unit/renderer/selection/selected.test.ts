import { describe, expect, it } from 'vitest'
import {
  allOf,
  extended,
  nothingSelected,
  stillThere,
  toggled,
} from '../../../../renderer/src/components/selection/selected'

const order = ['a', 'b', undefined, 'd', 'e'] as const
const none: ReturnType<typeof toggled<string>> = nothingSelected

describe('rows that are selected', () => {
  it('come and go one by one, and a range begins at the last of them', () => {
    const two = toggled(toggled(none, 'b'), 'e')
    expect([...two.keys]).toEqual(['b', 'e'])
    expect([...toggled(two, 'b').keys]).toEqual(['e'])
    expect([...extended(two, order, 'd', null).keys]).toEqual(['d', 'e'])
  })

  it('reach from the row on the screen where nothing was selected before, upwards as well', () => {
    expect([...extended(none, order, 'd', 'b').keys]).toEqual(['b', 'd'])
    expect([...extended(none, order, 'a', 'd').keys]).toEqual(['a', 'b', 'd'])
    expect([...extended(none, order, 'd', null).keys]).toEqual(['d'])
  })

  it('shrink again as the range does', () => {
    const wide = extended(toggled(none, 'a'), order, 'e', null)
    expect([...wide.keys]).toEqual(['a', 'b', 'd', 'e'])
    expect([...extended(wide, order, 'b', null).keys]).toEqual(['a', 'b'])
  })

  it('never include what a search has hidden, or what is gone', () => {
    const all = allOf(order, 'a')
    expect([...all.keys]).toEqual(['a', 'b', 'd', 'e'])
    expect([...stillThere(all, ['b', 'e']).keys]).toEqual(['b', 'e'])
    // The anchor is gone as well: the next range begins on the screen.
    expect([...extended(stillThere(all, ['b', 'e']), ['b', 'e'], 'e', 'b').keys]).toEqual(['b', 'e'])
  })
})
