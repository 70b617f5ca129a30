import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { requireUsableKey } from '#electron/pki/authority/key-policy'
import { reviewRequest } from '#electron/pki/authority/requested'
import { isAppError } from '#shared/errors'
import { RequestPreview } from '#shared/model/authority'
import { derOf } from '../../../../support/certificates'
import { openWorkshop, type Workshop } from '../../../../support/openssl'
import { rounds } from '../../../../support/rounds'

let workshop: Workshop
beforeAll(async () => {
  workshop = await openWorkshop()
})
afterAll(() => workshop.remove())

/** A request made by openssl for a key of this kind. */
async function request(key: string[], subject = '/CN=Ada', more: string[] = []): Promise<Uint8Array> {
  await workshop.openssl('genpkey', ...key, '-out', 'key.pem')
  return derOf(await workshop.openssl('req', '-new', '-key', 'key.pem', '-subj', subject, ...more))
}
const ec = ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256']
const rsa = (bits: number, ...more: string[]) => ['-algorithm', 'RSA', '-pkeyopt', `rsa_keygen_bits:${bits}`, ...more]

describe('the key of a request', () => {
  it.each<[string, string[]]>([
    ['RSA 2048', rsa(2048)],
    ['RSA 2048 with the exponent 3', rsa(2048, '-pkeyopt', 'rsa_keygen_pubexp:3')],
    ['P-256', ec],
    ['P-384', ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-384']],
    ['P-521', ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-521']],
  ])('is accepted: %s', async (_name, key) => {
    const { refusal, spki } = await reviewRequest(await request(key))
    expect(refusal).toBeNull()
    expect(() => requireUsableKey(spki)).not.toThrow()
  })

  it.each<[string, string[], RegExp]>([
    ['RSA 1024', rsa(1024), /1024 bits is too short/u],
    ['Ed25519', ['-algorithm', 'ED25519'], /Access refuses Ed25519 keys/u],
    ['RSA-PSS', ['-algorithm', 'RSA-PSS', '-pkeyopt', 'rsa_keygen_bits:2048'], /RSA-PSS|signature/u],
    ['secp256k1', ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:secp256k1'], /secp256k1|signature/u],
  ])('is refused: %s', async (_name, key, reason) => {
    const { refusal, spki } = await reviewRequest(await request(key))
    expect(refusal).toMatch(reason)
    expect(() => requireUsableKey(spki)).toThrow('unsupported-algorithm')
  })
})

describe('what is asked for', () => {
  it('is told extension by extension, and only addresses and DNS names are copied', async () => {
    const der = await request(ec, '/C=gb/O=Acme/OU=Ops/CN=Ada Lovelace/emailAddress=ada@acme.example', [
      '-addext',
      'subjectAltName=email:ada@acme.example,DNS:Ada.Example',
      '-addext',
      'basicConstraints=critical,CA:TRUE',
      '-addext',
      'extendedKeyUsage=clientAuth,serverAuth',
      '-addext',
      'keyUsage=keyCertSign',
      '-addext',
      '1.2.3.4=ASN1:UTF8String:hello',
    ])
    const asked = await reviewRequest(der)
    expect(asked).toMatchObject({ refusal: null, commonName: 'Ada Lovelace' })
    expect(asked.names).toMatchObject({
      alternatives: ['E-mail: ada@acme.example', 'DNS: Ada.Example'],
      leftOut: [],
      refusal: null,
    })
    expect(asked.form).toMatchObject({
      subject: { commonName: 'Ada Lovelace', organization: 'Acme', country: 'gb' },
      emails: ['ada@acme.example'],
      dnsNames: ['Ada.Example'],
    })
    expect(asked.extensions.map(({ words, isIssued }) => [words, isIssued])).toEqual([
      ['To be an issuer (CA) itself', false],
      ['Extended key usage: Client authentication, Server authentication', false],
      ['Key usage: Certificate signing', false],
      ['Extension 1.2.3.4', false],
    ])
  })

  it('says nothing of extensions that every certificate has', async () => {
    const asked = await reviewRequest(
      await request(ec, '/CN=x', [
        '-addext',
        'basicConstraints=CA:FALSE',
        '-addext',
        'keyUsage=digitalSignature',
        '-addext',
        'extendedKeyUsage=clientAuth',
        '-addext',
        'subjectKeyIdentifier=hash',
      ]),
    )
    expect(asked.extensions.map(({ isIssued }) => isIssued)).toEqual([true, true, true, true])
  })

  it('may name nobody', async () => {
    const { form, commonName, names } = await reviewRequest(await request(ec, '/O=Acme'))
    expect([form.subject.commonName, commonName, names.refusal]).toEqual(['', null, null])
    expect(names.notes).toEqual([expect.stringContaining('no Common Name')])
  })

  it('cannot hide anything in its names', async () => {
    const { form, names, subject } = await reviewRequest(await request(ec, '/CN=Ada\u202eevil', ['-utf8']))
    expect([form.subject.commonName, subject]).toEqual(['', 'CN=Ada\\\\u202eevil'])
    expect(names.refusal).toContain('The Common Name contains an invisible character (U+202E)')
  })

  it('is refused with a wrong signature', async () => {
    const der = Uint8Array.from(await request(ec))
    der[der.length - 1] = (der.at(-1) ?? 0) ^ 1
    expect((await reviewRequest(der)).refusal).toContain('signature of the request is wrong')
  })

  it('is never cut, and counted in characters', async () => {
    const long = `${'x'.repeat(62)}😀😀`
    const asked = await reviewRequest(await request(ec, `/CN=${long}`, ['-utf8']))
    expect([asked.form.subject.commonName, asked.names.refusal]).toEqual([long, null])
  })

  it('in whatever state it arrives, is told in a form that the window takes, or is malformed', async () => {
    const der = await request(ec, '/C=GB/O=Acme/CN=Ada', [
      '-addext',
      'subjectAltName=email:a@acme.example,DNS:a.example',
    ])
    const original = await reviewRequest(der)
    await fc.assert(
      fc.asyncProperty(fc.nat(der.length - 1), fc.nat(255), fc.nat(der.length), async (place, octet, length) => {
        const changed = Uint8Array.from(der)
        changed[place] = octet
        for (const bytes of [changed, changed.subarray(0, length)]) {
          const asked = await reviewRequest(bytes).catch((error: unknown) => {
            if (isAppError(error)) return null
            throw error
          })
          if (asked === null) continue
          const { subject, commonName, names, form } = asked
          const requested = { subject, commonName, ...names }
          expect(RequestPreview.shape.requested.parse(requested)).toEqual(requested)
          expect(RequestPreview.shape.form.parse(form)).toEqual(form)
          // What is not signed (the outermost length, say) may change; what is signed may not.
          if (asked.refusal === null) expect(asked).toEqual(original)
        }
      }),
      { numRuns: rounds(500) },
    )
  })
})
