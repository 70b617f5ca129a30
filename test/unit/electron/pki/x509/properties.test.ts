import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createPool } from '#electron/pki/x509/pool'
import { verifyPath } from '#electron/pki/x509/verdict'
import { isAppError } from '#shared/errors'
import { PathRule, PathVerdict } from '#shared/model/path'
import { extension, noon } from '../../../../support/forge'
import { rounds } from '../../../../support/rounds'
import { type Defect, defects, forgePki, keys, type Shape, type SmallPki } from '../../../../support/small-pkis'

const pool = keys()

const anyShape: fc.Arbitrary<Shape> = fc.record({
  intermediates: fc.integer({ min: 0, max: 4 }),
  limitsLength: fc.boolean(),
  namesUses: fc.boolean(),
  namesKeyUsage: fc.boolean(),
  constrainsNames: fc.boolean(),
  edgeDates: fc.boolean(),
  withCrls: fc.boolean(),
})

/** In any order, with what belongs to nobody in between. */
function judge({ leaf, issuers, anchors, crls }: SmallPki, revocation: 'given' | 'required') {
  const certificates = [...issuers, leaf].reverse()
  const verdict = verifyPath(leaf, createPool({ certificates, anchors, crls }), { at: noon, revocation })
  return PathVerdict.parse(verdict)
}

describe('random small PKIs', () => {
  it('are valid as they are', async () => {
    await fc.assert(
      fc.asyncProperty(anyShape, async (shape) => {
        const pki = await forgePki(shape, pool, null, 0)
        const { valid, reasons, path } = judge(pki, shape.withCrls ? 'required' : 'given')
        expect(reasons).toEqual([])
        expect(valid).toBe(true)
        expect(path).toHaveLength(shape.intermediates + 2)
      }),
      { numRuns: rounds(30) },
    )
  })

  it('have a defect for every rule', () => {
    expect(new Set(defects.map(({ rule }) => rule))).toEqual(new Set(PathRule.options))
  })

  it.each(defects)('with one defect name it: $rule', async (defect) => {
    await fc.assert(
      fc.asyncProperty(anyShape, fc.nat(), async (random, place) => {
        const shape = fitting(random, defect)
        const target = place % (shape.intermediates + 2)
        const pki = await forgePki(shape, pool, defect, target)
        const { valid, reasons } = judge(pki, shape.withCrls ? 'required' : 'given')
        expect(valid).toBe(false)
        expect(new Set(reasons.map(({ rule }) => rule))).toEqual(
          new Set([defect.rule, ...(defect.also === undefined ? [] : [defect.also])]),
        )
      }),
      { numRuns: rounds(10) },
    )
  })
})

/** A defect shows only in a PKI that has what it spoils, and alone only where nothing else breaks with it. */
function fitting(shape: Shape, { rule, needsCrls }: Defect): Shape {
  const fits = { ...shape, withCrls: needsCrls }
  if (rule === 'path-length') return { ...fits, intermediates: Math.max(1, shape.intermediates) }
  if (rule === 'not-yet-valid' || rule === 'expired') return { ...fits, edgeDates: false }
  return fits
}

describe('extensions that cannot be read', () => {
  const known = ['2.5.29.14', '2.5.29.15', '2.5.29.17', '2.5.29.30', '2.5.29.32', '2.5.29.35', '2.5.29.36', '2.5.29.37']
  it.each([...known, '2.5.29.19'])('are named, whatever stands in %s', async (id) => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 6 }), async (value) => {
        // A tag that none of them has.
        const defect: Defect = {
          rule: 'malformed',
          needsCrls: false,
          spoil: ({ certificates: [leaf] }) =>
            leaf?.extensions.push(extension(id, false, Uint8Array.of(0x3f, ...value))),
        }
        const bare: Shape = { ...whole, namesUses: false, namesKeyUsage: false, withCrls: false }
        const { valid, reasons } = judge(await forgePki(bare, pool, defect, 0), 'given')
        expect(valid).toBe(false)
        expect(reasons.map(({ rule }) => rule)).toEqual(['malformed'])
      }),
      { numRuns: rounds(10) },
    )
  })
})

const whole: Shape = {
  intermediates: 1,
  limitsLength: true,
  namesUses: true,
  namesKeyUsage: true,
  constrainsNames: true,
  edgeDates: false,
  withCrls: true,
}

function flip(bytes: Uint8Array, at: number): Uint8Array {
  const changed = Uint8Array.from(bytes)
  const place = at % (bytes.length * 8)
  changed[place >> 3] = (changed[place >> 3] ?? 0) ^ (1 << (place & 7))
  return changed
}

describe('changed certificates', () => {
  it('are never valid, whichever bit of leaf or intermediate changes', async () => {
    const pki = await forgePki(whole, pool, null, 0)
    const [intermediate, root] = pki.issuers
    if (intermediate === undefined || root === undefined) throw new Error('no issuers')
    await fc.assert(
      fc.property(fc.boolean(), fc.nat(), (ofLeaf, at) => {
        const leaf = ofLeaf ? flip(pki.leaf, at) : pki.leaf
        const issuers = ofLeaf ? pki.issuers : [flip(intermediate, at), root]
        expect(isValid({ ...pki, leaf, issuers })).toBe(false)
      }),
      { numRuns: rounds(400) },
    )
  })

  it('are never valid when pieces are cut, doubled or exchanged', async () => {
    const pki = await forgePki(whole, pool, null, 0)
    const other = await forgePki({ ...whole, namesUses: false }, pool, null, 0)
    await fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.nat(), (from, to, length) => {
        const start = from % pki.leaf.length
        const piece = other.leaf.subarray(to % other.leaf.length).subarray(0, length % 64)
        const leaf = Buffer.concat([pki.leaf.subarray(0, start), piece, pki.leaf.subarray(start + (length % 48))])
        fc.pre(!leaf.equals(pki.leaf) && !leaf.equals(other.leaf))
        expect(isValid({ ...pki, leaf })).toBe(false)
      }),
      { numRuns: rounds(300) },
    )
  })

  it('of a revoked certificate make no CRL silent, whichever of its bits changes', async () => {
    const revoked = defects.find(({ rule }) => rule === 'revoked') ?? null
    const pki = await forgePki(whole, pool, revoked, 0)
    const [own, ...rest] = pki.crls
    if (own === undefined) throw new Error('no CRL')
    fc.assert(
      fc.property(fc.nat(), (at) => {
        expect(judge({ ...pki, crls: [flip(own, at), ...rest] }, 'required').valid).toBe(false)
      }),
      { numRuns: rounds(200) },
    )
  })

  function isValid(pki: SmallPki): boolean {
    try {
      return judge(pki, 'given').valid
    } catch (error) {
      if (isAppError(error, 'malformed')) return false
      throw error
    }
  }
})
