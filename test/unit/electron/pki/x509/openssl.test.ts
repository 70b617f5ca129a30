import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { encodePem } from '#electron/pki/containers/pem'
import { createPool } from '#electron/pki/x509/pool'
import { verifyPath } from '#electron/pki/x509/verdict'
import type { PathRule } from '#shared/model/path'
import { noon } from '../../../../support/forge'
import { openWorkshop, type Workshop } from '../../../../support/openssl'
import { type Defect, defects, forgePki, keys, type Shape, type SmallPki } from '../../../../support/small-pkis'

const pool = keys()
let workshop: Workshop
beforeAll(async () => {
  workshop = await openWorkshop()
})
afterAll(() => workshop.remove())

/** Refused here on purpose: what Access does not accept, CRLs that openssl applies in part, and those that break RFC 5280. */
const stricter: ReadonlySet<PathRule> = new Set(['algorithm-refused', 'crl-delta', 'crl-partitioned', 'crl-malformed'])

const shape: Shape = {
  intermediates: 2,
  limitsLength: true,
  namesUses: true,
  namesKeyUsage: true,
  constrainsNames: true,
  edgeDates: false,
  withCrls: true,
}
const shapes: Shape[] = [
  shape,
  { ...shape, intermediates: 0, limitsLength: false },
  { ...shape, intermediates: 1, namesUses: false, constrainsNames: false },
]

function ours({ leaf, issuers, anchors, crls }: SmallPki, { withCrls }: Shape): boolean {
  const revocation = withCrls ? 'required' : 'given'
  return verifyPath(leaf, createPool({ certificates: issuers, anchors, crls }), { at: noon, revocation }).valid
}

async function theirs({ leaf, issuers, anchors, crls }: SmallPki, { withCrls }: Shape): Promise<boolean> {
  const { write, openssl } = workshop
  const pem = (label: string, all: Uint8Array[]) => all.map((der) => encodePem(label, der)).join('')
  await write('leaf.pem', pem('CERTIFICATE', [leaf]))
  await write('issuers.pem', pem('CERTIFICATE', issuers))
  await write('roots.pem', pem('CERTIFICATE', anchors))
  await write('crls.pem', pem('X509 CRL', crls))
  const trust = [...(anchors.length > 0 ? ['-CAfile', 'roots.pem'] : []), '-no-CApath', '-no-CAstore', '-no-CAfile']
  const pile = issuers.length > 0 ? ['-untrusted', 'issuers.pem'] : []
  const revocation = withCrls ? ['-crl_check_all', ...(crls.length > 0 ? ['-CRLfile', 'crls.pem'] : [])] : []
  const rules = ['-purpose', 'sslclient', '-x509_strict', '-auth_level', '2', '-policy_check']
  const when = ['-attime', String(noon.getTime() / 1000)]
  try {
    const args = anchors.length > 0 ? trust.filter((option) => option !== '-no-CAfile') : trust
    await openssl('verify', ...rules, ...when, ...args, ...pile, ...revocation, 'leaf.pem')
    return true
  } catch {
    return false
  }
}

describe('openssl verify agrees', () => {
  it.each(shapes)('that all is well with $intermediates intermediates', async (wanted) => {
    // Not at the edge: for openssl the last second is over, for RFC 5280 §4.1.2.5 ("through notAfter, inclusive") it is not.
    for (const each of [wanted, { ...wanted, withCrls: false }]) {
      const pki = await forgePki(each, pool, null, 0)
      expect([ours(pki, each), await theirs(pki, each)]).toEqual([true, true])
    }
  })

  it.each(defects)('that something is wrong: $rule', async (defect) => {
    for (const wanted of shapes) {
      for (const target of [0, wanted.intermediates]) {
        const each = fitting(wanted, defect)
        const pki = await forgePki(each, pool, defect, target)
        expect(ours(pki, each)).toBe(false)
        if (!stricter.has(defect.rule)) expect(await theirs(pki, each), JSON.stringify({ each, target })).toBe(false)
      }
    }
  })
})

function fitting(wanted: Shape, { rule, needsCrls }: Defect): Shape {
  // What a root says about policies is nothing to openssl.
  const needsIntermediate = rule === 'path-length' || rule === 'certificate-policies'
  const intermediates = needsIntermediate ? Math.max(1, wanted.intermediates) : wanted.intermediates
  return { ...wanted, intermediates, withCrls: needsCrls }
}
