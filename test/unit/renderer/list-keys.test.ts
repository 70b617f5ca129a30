import { describe, expect, it } from 'vitest'
import { createTypeAhead, rowFor, rowNamed } from '../../../renderer/src/components/list-keys'

describe('keys in a list', () => {
  it('lead to the next row, the one before, the first and the last, and not beyond', () => {
    const from = (key: string, here: number) => rowFor(key, here, 5)
    expect([from('ArrowDown', 1), from('ArrowDown', 4)]).toEqual([2, 4])
    expect([from('ArrowUp', 1), from('ArrowUp', 0)]).toEqual([0, 0])
    expect([from('Home', 3), from('End', 3)]).toEqual([0, 4])
    expect([from('Enter', 3), from('a', 3), rowFor('End', 0, 0)]).toEqual([null, null, null])
  })
})

describe('typing over a list', () => {
  const names = ['Ada', 'Alan', 'Bob', undefined, 'Grace', '山田太郎', 'عائشة', 'Anna Ö']

  it('joins letters until there is a pause', () => {
    const typing = createTypeAhead()
    expect([typing.add('a', 0), typing.add('l', 200), typing.add('b', 2000)]).toEqual(['a', 'al', 'b'])
  })

  it('leaves other keys and a first space alone, and takes any script', () => {
    const typing = createTypeAhead()
    expect([typing.add('Tab', 0), typing.add(' ', 0), typing.add('F5', 0)]).toEqual([null, null, null])
    expect([typing.add('山', 0), typing.add('田', 100), typing.add(' ', 200)]).toEqual(['山', '山田', '山田 '])
  })

  it('finds the next name that begins like that, in any case, from the top again after the last', () => {
    expect(rowNamed('g', 0, names)).toBe(4)
    expect(rowNamed('al', 0, names)).toBe(1)
    expect(rowNamed('AL', 1, names)).toBe(1)
    expect(rowNamed('bo', 6, names)).toBe(2)
    expect(rowNamed('山', 0, names)).toBe(5)
    expect(rowNamed('ع', 0, names)).toBe(6)
    expect(rowNamed('anna ö', 0, names)).toBe(7)
    expect(rowNamed('x', 0, names)).toBeNull()
    expect(rowNamed('a', 0, [])).toBeNull()
  })

  it('goes on to the one after with the same letter again', () => {
    expect(rowNamed('a', 0, names)).toBe(1)
    expect(rowNamed('aa', 1, names)).toBe(7)
    expect(rowNamed('aaa', 7, names)).toBe(0)
  })
})
