import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { encodePem } from '#electron/pki/containers/pem'
import { writeFiles } from '#electron/pki/convert/index'
import { privateKeyOf } from '#electron/pki/keys'
import type { Destination } from '#shared/model/convert'
import type { KeyAlgorithm } from '#shared/model/key'
import { makeSmallPki, type SmallPki } from '../support/certificates'
import { openWorkshop, type Workshop } from '../support/openssl'

const Imported = z.object({
  code: z.number(),
  store: z.object({ certificates: z.array(z.string()), key: z.string().nullable() }).nullable(),
})
const Recognised = z.object({ content: z.number(), certificates: z.array(z.string()) }).nullable()

/** Wine hands GnuTLS one octet of each character, so it opens nothing under another kind of password (see below). */
const password = 'correct horse'
const accented = 'pässwörd €'
/** How openssl is told to write what we write. */
const sameAs = { windows: ['-legacy', '-descert', '-macalg', 'sha1'], java: [] } as const
/** CERT_QUERY_CONTENT_… */
const contents = { certificate: 1, signed: 8 }

/** Windows' own crypt32 (as Wine has it) opens the files for each destination. `send` carries a call to it. */
export function windowsFormats(send: (method: string, payload: object) => Promise<unknown>): void {
  describe('crypt32 (Wine)', () => {
    let workshop: Workshop
    const pkis = new Map<KeyAlgorithm, SmallPki>()
    beforeAll(async () => {
      workshop = await openWorkshop()
      const now = new Date()
      for (const kind of ['p-256', 'p-384'] as const) pkis.set(kind, await makeSmallPki(now, kind))
      pkis.set('rsa-2048', await makePkiForWine(now))
    })
    afterAll(() => workshop.remove())

    function pkiOf(kind: KeyAlgorithm): SmallPki {
      const pki = pkis.get(kind)
      if (pki === undefined) throw new Error(`no ${kind}`)
      return pki
    }

    async function written(destination: Destination, pki: SmallPki, given = password): Promise<Uint8Array> {
      const { client, intermediate, root } = pki
      const chain = [intermediate.certificate, root.certificate]
      // The key is wiped once it is written.
      const chosen = { pkcs8: Uint8Array.from(client.pkcs8), certificate: client.certificate, chain }
      const [file] = await writeFiles({ chosen, destination, protection: { password: given, plain: false } })
      if (file === undefined) throw new Error('nothing was written')
      return file.bytes
    }

    async function writtenByOpenssl(pki: SmallPki, options: readonly string[], given = password): Promise<Uint8Array> {
      const { client, intermediate, root } = pki
      const pem = (label: string, ders: Uint8Array[]) => ders.map((der) => encodePem(label, der)).join('')
      await workshop.write('key.pem', pem('PRIVATE KEY', [client.pkcs8]))
      await workshop.write('certificate.pem', pem('CERTIFICATE', [client.certificate]))
      await workshop.write('chain.pem', pem('CERTIFICATE', [intermediate.certificate, root.certificate]))
      await workshop.write('password', given)
      const files = ['-inkey', 'key.pem', '-in', 'certificate.pem', '-certfile', 'chain.pem', '-out', 'theirs.p12']
      await workshop.openssl('pkcs12', '-export', ...files, '-passout', 'file:password', ...options)
      return workshop.read('theirs.p12')
    }

    const open = async (bytes: Uint8Array, given: string) =>
      Imported.parse(await send('open-pkcs12', { bytes: base64(bytes), password: given }))
    const recognise = async (bytes: Uint8Array) => Recognised.parse(await send('recognise', { bytes: base64(bytes) }))

    it.each<Destination>(['macos', 'windows', 'firefox', 'java', 'openssl'])(
      'takes the RSA key, its certificate and the issuer from a file for %s',
      async (destination) => {
        const pki = pkiOf('rsa-2048')
        const { store } = await open(await written(destination, pki), password)
        expect(privateExponent(store?.key ?? '')).toBe(privateKeyOf(pki.client.pkcs8).export({ format: 'jwk' }).d)
        // GnuTLS, with which Wine opens the file, leaves roots out, whoever wrote it.
        const wanted = [pki.client, pki.intermediate].map(({ certificate }) => base64(certificate))
        expect(store?.certificates.sort()).toEqual(wanted.sort())
      },
    )

    it('tells a wrong password by giving no store', async () => {
      for (const destination of ['windows', 'openssl'] as const)
        expect(await open(await written(destination, pkiOf('rsa-2048')), 'wrong')).toEqual({ code: 0, store: null })
    })

    // Wine 8 imports RSA keys alone: what it does not take from us, it does not take from openssl either.
    const elliptic = (['p-256', 'p-384'] as const).flatMap((kind) =>
      (['windows', 'java'] as const).map((destination): [typeof kind, typeof destination] => [kind, destination]),
    )
    it.each(elliptic)(
      'has no room for %s: not for %s, and not as openssl writes the same',
      async (kind, destination) => {
        const [ours, theirs] = [
          await written(destination, pkiOf(kind)),
          await writtenByOpenssl(pkiOf(kind), sameAs[destination]),
        ]
        expect(await open(theirs, password)).toEqual({ code: 0, store: null })
        expect(await open(ours, password)).toEqual({ code: 0, store: null })
      },
    )

    it('takes RSA from openssl’s file as it does from ours', async () => {
      for (const destination of ['windows', 'java'] as const) {
        const theirs = await open(await writtenByOpenssl(pkiOf('rsa-2048'), sameAs[destination]), password)
        expect(theirs.store?.certificates).toHaveLength(2)
        expect(theirs).toEqual(await open(await written(destination, pkiOf('rsa-2048')), password))
      }
    })

    it('opens nothing under a password that is not ASCII, whoever wrote it', async () => {
      const rsa = pkiOf('rsa-2048')
      const files = [await written('windows', rsa, accented), await writtenByOpenssl(rsa, sameAs.windows, accented)]
      for (const file of files) expect(await open(file, accented)).toEqual({ code: 0, store: null })
    })

    it.each<KeyAlgorithm>(['rsa-2048', 'p-256', 'p-384'])('knows PKCS#7 and DER, %s', async (kind) => {
      const pki = pkiOf(kind)
      const all = [pki.client, pki.intermediate, pki.root].map(({ certificate }) => base64(certificate))
      const signed = await recognise(await written('p7b', pki))
      expect(signed?.content).toBe(contents.signed)
      expect(signed?.certificates.sort()).toEqual(all.sort())
      const alone = [base64(pki.client.certificate)]
      expect(await recognise(await written('der', pki))).toEqual({ content: contents.certificate, certificates: alone })
    })
  })
}

/**
 * Wine 8 mixes up a key of which a number is an octet shorter than it may be: of 250 keys 16 were such, and it read 7 of them wrong, and
 * each time in another way, since what it copies then is whatever memory held. So the key here has none.
 */
async function makePkiForWine(now: Date): Promise<SmallPki> {
  for (;;) {
    const pki = await makeSmallPki(now, 'rsa-2048')
    const { n, d, dp, dq, qi } = privateKeyOf(pki.client.pkcs8).export({ format: 'jwk' })
    const octets = (number: string | undefined) => Buffer.from(number ?? '', 'base64url').length
    const isFull = octets(n) === octets(d) && [dp, dq, qi].every((number) => octets(number) * 2 === octets(n))
    if (isFull) return pki
  }
}

/**
 * Of a PRIVATEKEYBLOB (wincrypt.h: BLOBHEADER, RSAPUBKEY, n, p, q, dP, dQ, qInv, d; least octet first), as base64url.
 */
function privateExponent(blob: string): string {
  const bytes = Buffer.from(blob, 'base64')
  const size = bytes.readUInt32LE(12) / 8
  return Buffer.from(bytes.subarray(20 + size * 3.5, 20 + size * 4.5))
    .reverse()
    .toString('base64url')
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64')
}
