import { getHashes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openFile } from '#electron/pki/containers/open'
import type { OpenedFile } from '#electron/pki/containers/opened'
import { certificateKey } from '#electron/pki/x509/read'
import { isAppError } from '#shared/errors'
import { createRandom } from '../../../../fuzz/random'
import { derOf } from '../../../../support/certificates'
import { openWorkshop, type Workshop } from '../../../../support/openssl'
import { type Combination, combinations, type Materials } from '../../../../support/pkcs12-combinations'
import { isSoak } from '../../../../support/rounds'

const seed = Number(process.env['LATCHKEY_SEED'] ?? Date.now() % 1_000_000)
/** All of them take a minute; `npm run soak` has it. */
const sampleSize = 40

let workshop: Workshop
let materials: Materials
beforeAll(async () => {
  workshop = await openWorkshop()
  const { openssl, read } = workshop
  await openssl('genpkey', '-genparam', '-algorithm', 'DSA', '-pkeyopt', 'dsa_paramgen_bits:1024', '-out', 'dsa.params')
  const made = {
    rsa: ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048'],
    ec: ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'],
    dsa: ['-paramfile', 'dsa.params'],
  }
  for (const [name, args] of Object.entries(made)) {
    await openssl('genpkey', ...args, '-out', `${name}.key`)
    await openssl('req', '-x509', '-key', `${name}.key`, '-subj', `/CN=${name}`, '-out', `${name}.pem`)
  }
  materials = { workshop, pkcs8: derOf(await read('rsa.key')), certificate: derOf(await read('rsa.pem')) }
})
afterAll(() => workshop.remove())

/** Electron's engine has fewer hashes than Node's. */
const possible = combinations.filter(({ hashes }) => hashes.every((hash) => getHashes().includes(hash)))

/** In another order for each seed; all of them where there is time. */
function chosen(): Combination[] {
  if (isSoak) return possible
  const random = createRandom(seed)
  const rest = possible.filter(({ isSlow }) => !isSlow)
  return Array.from({ length: sampleSize }, () => rest.splice(random.below(rest.length), 1)).flat()
}

const open = (bytes: Uint8Array, password: string | null): Promise<OpenedFile> =>
  openFile({ name: 'file.p12', bytes, password })

/** Every refusal of a file, whether of the whole or of a part; null where key and certificate came out and belong together. */
async function refusalsOf(
  bytes: Uint8Array,
  password: string | null,
): Promise<{ code: string; detail: string | null }[] | null> {
  try {
    const { keys, certificates, failures } = await open(bytes, password)
    if (failures.length > 0) return failures
    const [certificate] = certificates
    expect(keys.map(({ spki }) => Buffer.from(spki))).toEqual(
      [certificateKey(certificate?.der ?? new Uint8Array())].map((key) => Buffer.from(key)),
    )
    return null
  } catch (error) {
    if (!isAppError(error)) throw error
    return [error]
  }
}

describe(`PKCS#12 of every combination, seed ${seed}`, () => {
  it('are as many as in keyfile-corpus, and as many of them open', () => {
    const opening = combinations.filter(({ refusal }) => refusal === null)
    expect(new Set(combinations.map(({ name }) => name)).size).toBe(combinations.length)
    expect(combinations.length).toBeGreaterThanOrEqual(141)
    expect(opening.length / combinations.length).toBeGreaterThanOrEqual(115 / 141)
  })

  it.each(chosen())('$name', async ({ make, password, refusal }) => {
    const bytes = await make(materials)
    const refusals = await refusalsOf(bytes, password)
    if (refusal === null) {
      expect(refusals).toBeNull()
      return
    }
    for (const { code, detail } of refusals ?? []) {
      expect(code).toBe('unsupported-algorithm')
      expect(detail).toContain(refusal)
      expect(detail).not.toMatch(/\d+\.\d+\.\d+/u)
    }
    expect(refusals?.length).toBeGreaterThan(0)
  })

  it.runIf(isSoak).each(possible.filter(({ refusal }) => refusal === null))(
    '$name is refused with another password',
    async ({ make, name }) => {
      const bytes = await make(materials)
      const isOpen = /cert\(none\).*mac\(none\)/u.test(name) && /key\(none\)/u.test(name)
      const refusals = await refusalsOf(bytes, 'another')
      expect(refusals?.map(({ code }) => code) ?? []).toEqual(isOpen ? [] : expect.arrayContaining(['wrong-password']))
    },
  )
})
