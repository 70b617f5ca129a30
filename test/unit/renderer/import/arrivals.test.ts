import { describe, expect, it } from 'vitest'
import { type Arrival, arrivalFrom, createArrivals } from '../../../../renderer/src/import/arrivals'

const arrival = (name: string): Arrival => ({ names: [name], get: async () => ({ files: [], leftOut: [] }) })
const namesOf = (list: readonly Arrival[]) => list.flatMap(({ names }) => names)

/** Takes as many as it may, and remembers what it took. */
function takerOf(capacity: number) {
  const taken: Arrival[] = []
  return {
    taken,
    take(each: Arrival): boolean {
      if (taken.length >= capacity) return false
      taken.push(each)
      return true
    },
  }
}

describe('what arrives', () => {
  it('waits until somebody takes it, in order', () => {
    const arrivals = createArrivals()
    arrivals.add(arrival('a.pem'))
    arrivals.add(arrival('b.pem'))
    const { take, taken } = takerOf(9)
    arrivals.takeWith(take)
    arrivals.add(arrival('c.pem'))
    expect(namesOf(taken)).toEqual(['a.pem', 'b.pem', 'c.pem'])
    expect(arrivals.waiting.get()).toEqual([])
  })

  it('waits while nothing more can be taken, and nothing overtakes it', () => {
    const arrivals = createArrivals()
    const first = takerOf(1)
    const stop = arrivals.takeWith(first.take)
    for (const name of ['a.pem', 'b.pem', 'c.pem']) arrivals.add(arrival(name))
    expect(namesOf(arrivals.waiting.get())).toEqual(['b.pem', 'c.pem'])
    stop()
    arrivals.offer()
    expect(namesOf(arrivals.waiting.get())).toEqual(['b.pem', 'c.pem'])
    const second = takerOf(2)
    arrivals.takeWith(second.take)
    expect(namesOf(second.taken)).toEqual(['b.pem', 'c.pem'])
  })

  it('is said to whoever shows it, and forgotten when it is not wanted any more', () => {
    const arrivals = createArrivals()
    const seen: string[][] = []
    const stop = arrivals.waiting.subscribe(() => seen.push(namesOf(arrivals.waiting.get())))
    arrivals.add(arrival('a.pem'))
    arrivals.discard()
    stop()
    arrivals.add(arrival('b.pem'))
    expect(seen).toEqual([['a.pem'], []])
  })
})

/** As far as it is looked at. */
const transfer = (files: File[], text = '') => ({ files, items: [], getData: () => text }) as unknown as DataTransfer

describe('a drop or a paste', () => {
  it('is read when it is taken, though its lists are empty by then', async () => {
    const files = [new File(['one'], 'a.pem'), new File(['two'], 'b.key')]
    const arrived = arrivalFrom(transfer(files))
    files.length = 0
    expect(arrived?.names).toEqual(['a.pem', 'b.key'])
    expect((await arrived?.get())?.files.map(({ name }) => name)).toEqual(['a.pem', 'b.key'])
  })

  it('of text counts when there is a certificate in it', async () => {
    expect(arrivalFrom(transfer([], 'hello'))).toBeNull()
    const arrived = arrivalFrom(transfer([], '-----BEGIN CERTIFICATE-----\n'))
    expect((await arrived?.get())?.files).toMatchObject([{ kind: 'bytes', name: 'pasted text' }])
    expect(arrivalFrom(null)).toBeNull()
  })
})
