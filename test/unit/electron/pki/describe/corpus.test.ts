import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { inspectFile } from '#electron/pki/describe/inspect'
import type { InspectedFile } from '#shared/model/details'

/** Debian's python3-cryptography-vectors: certificates, requests and CRLs with every oddity that anybody met. */
const folder = '/usr/lib/python3/dist-packages/cryptography_vectors/x509'
const isHere = existsSync(folder)

async function inspect(name: string): Promise<InspectedFile> {
  return inspectFile({ name, bytes: readFileSync(join(folder, name)), password: null })
}

const filesIn = (place: string) =>
  isHere
    ? readdirSync(join(folder, place), { withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ name }) => join(place, name))
    : []

/** Structures that are none: an OCSP answer, lists and names that break ASN.1 itself or RFC 5280's own syntax. */
const refused = new Set([
  'cryptography-scts-tbs-precert.der',
  'cryptography.io.with_garbage.pem',
  'custom/crl_bad_version.pem',
  'custom/crl_dup_entry_ext.pem',
  'custom/crl_invalid_time.der',
  'custom/long-form-name-attribute.pem',
  'requests/long-form-attribute.pem',
])

describe.skipIf(!isHere && process.platform !== 'linux')('every certificate, request and CRL of the corpus', () => {
  it('is there', () => {
    expect(isHere, 'apt-get install python3-cryptography-vectors').toBe(true)
  })

  it('is described, and only what is none is refused', async () => {
    const places = ['', 'custom', 'custom/ca', 'requests', 'ed25519', 'ed448', 'PKITS_data/certs', 'PKITS_data/crls']
    const seen = await Promise.all(places.flatMap(filesIn).map(inspect))
    const failed = seen.filter(({ failures }) => failures.length > 0).map(({ name }) => name)
    expect(new Set(failed)).toEqual(refused)
    expect(seen.length).toBeGreaterThan(700)
    for (const { objects } of seen) for (const { groups } of objects) expect(groups.length).toBeGreaterThan(0)
  })

  it.each([
    ['custom/negative_serial.pem', 'The serial number is negative.'],
    ['badasn1time.pem', 'The end is not a valid time: “19020701025736Z”.'],
    ['custom/invalid_utf8_common_name.pem', 'A text is marked as UTF-8 but is not. It is shown as Latin-1.'],
    ['custom/two_basic_constraints.pem', 'The extension 2.5.29.19 occurs twice.'],
    ['custom/ec_no_named_curve.pem', 'The serial number is zero.'],
    ['custom/crl_delta_crl_indicator.pem', 'It lists only changes since another CRL (delta).'],
    ['custom/crl_idp_fullname_indirect_crl.pem', 'It covers other issuers too (indirect).'],
    ['requests/invalid_signature.pem', 'The signature of the request is wrong, so it does not prove who has the key.'],
    ['verisign_md2_root.pem', 'An RSA key of 1024 bits is too short. The minimum is 2048.'],
  ])('%s: %s', async (name, oddity) => {
    const { objects } = await inspect(name)
    expect(objects[0]?.oddities).toContain(oddity)
  })
})
