import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openFile } from '#electron/pki/containers/open'
import { encodePem } from '#electron/pki/containers/pem'
import { writePkcs7 } from '#electron/pki/containers/pkcs7'
import { derOf } from '../../../../../support/certificates'
import { type Walkthrough, walkThrough } from '../../../../../support/openssl'
import { encodings, textWrappings } from '../../../../../support/text-wrappings'

let walkthrough: Walkthrough
beforeAll(async () => {
  walkthrough = await walkThrough()
})
afterAll(() => walkthrough.remove())

/** The forms of one certificate that are text to begin with. */
const forms: Record<string, (der: Uint8Array, pem: string) => string> = {
  PEM: (_, pem) => pem,
  'PEM between words': (_, pem) => `Hello,\n\nhere is your certificate:\n\n${pem}\nRegards\nAda\n`,
  'bare base64': (_, pem) => pem.replaceAll(/-----.*-----\n/gu, ''),
  'base64 on one line': (der) => Buffer.from(der).toString('base64'),
  'PKCS#7': (der) => encodePem('PKCS7', writePkcs7([der])),
}

async function expectSame(form: string, names: string[], encoding: string): Promise<void> {
  const der = derOf(walkthrough.clientPem)
  const text = names.reduce(
    (inside, name) => textWrappings[name]?.(inside) ?? inside,
    forms[form]?.(der, walkthrough.clientPem) ?? '',
  )
  const bytes = encodings[encoding]?.(text) ?? Buffer.from(text)
  const { certificates, failures } = await openFile({ name: 'file', bytes, password: null })
  const found = certificates.map((one) => Buffer.from(one.der).toString('base64'))
  expect({ found, failures }).toEqual({ found: [Buffer.from(der).toString('base64')], failures: [] })
}

it.each(Object.keys(textWrappings))('every form of a certificate in %s', async (name) => {
  for (const form of Object.keys(forms)) await expectSame(form, [name], 'UTF-8')
})

it('up to four wrappings, one inside the other, in every encoding', async () => {
  const { constantFrom, array } = fc
  const names = array(constantFrom(...Object.keys(textWrappings)), { minLength: 1, maxLength: 4 })
  const [form, encoding] = [constantFrom(...Object.keys(forms)), constantFrom(...Object.keys(encodings))]
  await fc.assert(fc.asyncProperty(form, names, encoding, expectSame), { numRuns: 30, seed: 20_270_131 })
})
