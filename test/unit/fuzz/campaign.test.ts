import { describe, expect, it } from 'vitest'
import { AppError } from '#shared/errors'
import { type Find, type Reader, runCampaign } from '../../fuzz/campaign'
import type { Coverage } from '../../fuzz/coverage'
import { mutate, type Shape } from '../../fuzz/mutate'
import { createRandom } from '../../fuzz/random'
import { readers } from '../../fuzz/readers'
import { rounds } from '../../support/rounds'

const seed = Number(process.env['LATCHKEY_SEED'] ?? 20_261_126)

const reading = (read: Reader['read']): Reader => ({ name: 'made up', shape: 'bytes', seeds: async () => [], read })

interface Choice {
  limits?: { ms: number; bytes: number }
  coverage?: Coverage
}

async function findsOf(read: Reader['read'], { coverage, ...choice }: Choice = {}) {
  const finds: Find[] = []
  const summary = await runCampaign({
    reader: reading(read),
    inputs: [Buffer.from('seed')],
    random: createRandom(seed),
    coverage: coverage ?? null,
    isOver: (runs) => runs >= 200,
    onFind: (find) => finds.push(find),
    ...choice,
  })
  return { finds, summary }
}

describe('a campaign', () => {
  it('finds an exception, once for each place', async () => {
    const { finds } = await findsOf((input) => {
      if (input.length > 4) throw new TypeError('too long')
      if (input.length < 4) throw new RangeError('too short')
    })
    expect(finds.map(({ kind }) => kind)).toEqual(['exception', 'exception'])
    expect(finds.map(({ detail }) => detail.split(':')[0]).sort()).toEqual(['RangeError', 'TypeError'])
  })

  it('takes an AppError for an answer', async () => {
    const refuse = () => {
      throw new AppError('malformed')
    }
    expect((await findsOf(refuse)).finds).toEqual([])
  })

  it('finds what takes longer, or more memory, than it may', async () => {
    const slow = await findsOf(() => undefined, { limits: { ms: -1, bytes: Number.POSITIVE_INFINITY } })
    expect(slow.finds).toMatchObject([{ kind: 'slow' }])
    // What an allocator gives back, and when, is its own business.
    const limits = { ms: Number.POSITIVE_INFINITY, bytes: Number.NEGATIVE_INFINITY }
    const large = await findsOf(() => undefined, { limits })
    expect(large.finds).toMatchObject([{ kind: 'memory' }])
  })

  it('keeps inputs that reach something new', async () => {
    const reached = new Set<string>()
    const coverage: Coverage = {
      async take() {
        const taken = [...reached]
        reached.clear()
        return taken
      },
    }
    const { summary } = await findsOf((input) => reached.add(String(input.length % 5)), { coverage })
    expect(summary.kept).toBeGreaterThan(0)
    expect(summary.kept).toBeLessThan(5)
  })

  it.each<Shape>(['der', 'text', 'bytes'])('changes %s in the same way for the same seed', (shape) => {
    const [one, other] = [Buffer.from('3006020101040130', 'hex'), Buffer.from('300306012a', 'hex')]
    const changed = () => {
      const random = createRandom(seed)
      return Array.from({ length: 50 }, () => mutate(shape, one, other, random).toString('hex'))
    }
    expect(changed()).toEqual(changed())
    expect(new Set(changed()).size).toBeGreaterThan(20)
  })
})

describe(`readers of foreign files, seed ${seed}`, () => {
  it.each(readers)('$name', async (reader) => {
    const random = createRandom(seed)
    const seeds = (await reader.seeds()).map((bytes) => Buffer.from(bytes))
    expect(seeds.length).toBeGreaterThan(0)
    const inputs = Array.from({ length: Math.min(seeds.length, 10) }, () => random.pick(seeds))
    const finds: Find[] = []
    await runCampaign({
      reader,
      inputs,
      random,
      coverage: null,
      // Time and memory are those of a busy computer here; `npm run fuzz` looks at them.
      limits: { ms: Number.POSITIVE_INFINITY, bytes: Number.POSITIVE_INFINITY },
      isOver: (runs) => runs >= rounds(60),
      onFind: (find) => finds.push(find),
    })
    expect(finds.map(({ detail, input }) => `${detail}\n${input.toString('base64')}`)).toEqual([])
  })
})
