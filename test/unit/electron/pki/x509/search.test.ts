import { generateKeyPairSync } from 'node:crypto'
import { AsnConvert } from '@peculiar/asn1-schema'
import { describe, expect, it } from 'vitest'
import * as extensions from '#electron/pki/authority/extensions'
import type { KeyPair } from '#electron/pki/keys'
import { newEffort } from '#electron/pki/x509/issued-by'
import { createPool } from '#electron/pki/x509/pool'
import { readCertificate } from '#electron/pki/x509/read'
import { candidatePaths } from '#electron/pki/x509/search'
import { verifyPath } from '#electron/pki/x509/verdict'
import { daysFrom, type ForgedCertificate, forgeCertificate, nameOf, noon } from '../../../../support/forge'
import { keys } from '../../../../support/small-pkis'

const pool = keys()
const key = (index: number): KeyPair => {
  const found = pool[index]
  if (found === undefined) throw new Error('no such key')
  return found
}
const der = (value: unknown) => new Uint8Array(AsnConvert.serialize(value))

/** `subject` with key number `own`, signed by `issuer` with key number `by`. */
function certificate(subject: string, own: number, issuer: string, by: number, more: Partial<ForgedCertificate> = {}) {
  return forgeCertificate({
    subject: nameOf(subject),
    issuer: nameOf(issuer),
    spki: key(own).spki,
    signedBy: key(by),
    extensions: [der(extensions.basicConstraints(subject !== 'Leaf'))],
    ...more,
  })
}
const root = (name: string, own: number) => certificate(name, own, name, own)

async function pathOf(leaf: Uint8Array, certificates: Uint8Array[], anchors: Uint8Array[]) {
  for (const order of [certificates, [...certificates].reverse()]) {
    const { valid, path, reasons } = verifyPath(leaf, createPool({ certificates: order, anchors, crls: [] }), {
      at: noon,
    })
    if (!valid) return reasons.map(({ rule }) => rule)
    if (order !== certificates) return path.map(({ commonName }) => commonName)
  }
  throw new Error('never here')
}

describe('a path is found', () => {
  it('through whichever cross-certificate leads to a trusted root', async () => {
    const [old, young] = [await root('Old', 0), await root('Young', 1)]
    const crossed = await certificate('Young', 1, 'Old', 0)
    const issuer = await certificate('Issuer', 2, 'Young', 1)
    const leaf = await certificate('Leaf', 3, 'Issuer', 2)
    const heap = [old, young, crossed, issuer, leaf]
    expect(await pathOf(leaf, heap, [young])).toEqual(['Leaf', 'Issuer', 'Young'])
    expect(await pathOf(leaf, heap, [old])).toEqual(['Leaf', 'Issuer', 'Young', 'Old'])
    expect(await pathOf(leaf, heap, [old, young])).toEqual(['Leaf', 'Issuer', 'Young'])
    expect(await pathOf(leaf, heap, [])).toEqual(['untrusted-root'])
  })

  it('among issuers of the same name', async () => {
    const trusted = await root('Root', 0)
    const issuers = await Promise.all([1, 2, 3].map((own) => certificate('Issuer', own, 'Root', 0)))
    const impostor = await root('Issuer', 4)
    const leaf = await certificate('Leaf', 5, 'Issuer', 2)
    expect(await pathOf(leaf, [impostor, ...issuers, trusted], [trusted])).toEqual(['Leaf', 'Issuer', 'Root'])
  })

  it('when root and intermediate have the same name', async () => {
    const trusted = await root('Same', 0)
    const issuer = await certificate('Same', 1, 'Same', 0)
    const leaf = await certificate('Leaf', 2, 'Same', 1)
    expect(await pathOf(leaf, [trusted, issuer], [trusted])).toEqual(['Leaf', 'Same', 'Same'])
  })

  it('past an expired certificate where a renewed one has the same name and key', async () => {
    const trusted = await root('Root', 0)
    const expired = await certificate('Issuer', 1, 'Root', 0, { notAfter: daysFrom(-1) })
    const renewed = await certificate('Issuer', 1, 'Root', 0)
    const leaf = await certificate('Leaf', 2, 'Issuer', 1)
    expect(await pathOf(leaf, [expired, renewed], [trusted])).toEqual(['Leaf', 'Issuer', 'Root'])
    expect(await pathOf(leaf, [expired], [trusted])).toEqual(['expired'])
  })

  it('across a key rollover: old with new, and new with old', async () => {
    const [old, young] = [await root('Root', 0), await root('Root', 1)]
    const oldWithNew = await certificate('Root', 0, 'Root', 1)
    const newWithOld = await certificate('Root', 1, 'Root', 0)
    const [before, after] = [await certificate('Leaf', 2, 'Root', 0), await certificate('Leaf', 3, 'Root', 1)]
    const heap = [old, young, oldWithNew, newWithOld]
    expect(await pathOf(before, heap, [young])).toEqual(['Leaf', 'Root', 'Root'])
    expect(await pathOf(after, heap, [old])).toEqual(['Leaf', 'Root', 'Root'])
    expect(await pathOf(after, heap, [young])).toEqual(['Leaf', 'Root'])
  })

  it('to an intermediate that is trusted itself', async () => {
    const issuer = await certificate('Issuer', 1, 'Root', 0)
    const leaf = await certificate('Leaf', 2, 'Issuer', 1)
    expect(await pathOf(leaf, [leaf], [issuer])).toEqual(['Leaf', 'Issuer'])
  })

  it('of one certificate, when it is trusted itself', async () => {
    const leaf = await certificate('Leaf', 0, 'Leaf', 0)
    expect(await pathOf(leaf, [], [leaf])).toEqual(['Leaf'])
    expect(await pathOf(leaf, [leaf], [])).toEqual(['untrusted-root'])
  })
})

describe('the search ends', () => {
  it('in a circle', async () => {
    const circle = [
      await certificate('A', 0, 'B', 1),
      await certificate('B', 1, 'C', 2),
      await certificate('C', 2, 'A', 0),
    ]
    const leaf = await certificate('Leaf', 3, 'A', 0)
    expect(await pathOf(leaf, circle, [])).toEqual(['no-issuer'])
  })

  it('in a mesh where everybody signed everybody, with the root found all the same', async () => {
    const names = ['A', 'B', 'C', 'D', 'E', 'F']
    const mesh = await Promise.all(
      names.flatMap((subject, own) =>
        names.flatMap((issuer, by) => (own === by ? [] : [certificate(subject, own, issuer, by)])),
      ),
    )
    // Several certificates of each pair multiply the ways.
    const twice = await Promise.all(
      names.flatMap((subject, own) =>
        names.flatMap((issuer, by) => (own === by ? [] : [certificate(subject, own, issuer, by)])),
      ),
    )
    const leaf = await certificate('Leaf', 6, 'A', 0)
    const trusted = await root('Root', 7)
    const bridge = await certificate('F', 5, 'Root', 7)
    const heap = [...mesh, ...twice]
    expect(await pathOf(leaf, [...heap, bridge], [trusted])).toEqual(['Leaf', 'A', 'F', 'Root'])
    const [first] = await pathOf(leaf, heap, [trusted])
    expect(first).toBe('no-issuer')
    const effort = newEffort()
    const found = [
      ...candidatePaths(readCertificate(leaf), createPool({ certificates: heap, anchors: [], crls: [] }), effort),
    ]
    expect(found.length).toBeLessThanOrEqual(newEffort().steps)
    expect(effort.steps).toBeGreaterThanOrEqual(0)
  })

  it('among hundreds of issuers of one name, and says that it gave up', async () => {
    const impostors = await Promise.all(
      Array.from({ length: 600 }, () => {
        const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
        return certificate('Issuer', 1, 'Root', 0, { spki: publicKey.export({ type: 'spki', format: 'der' }) })
      }),
    )
    const leaf = await certificate('Leaf', 6, 'Issuer', 7)
    const { valid, reasons } = verifyPath(leaf, createPool({ certificates: impostors, anchors: [], crls: [] }), {
      at: noon,
    })
    expect(valid).toBe(false)
    expect(reasons.map(({ evidence }) => evidence).join(' ')).toContain('too many')
  })
})
