import { expect, it } from 'vitest'
import { encodePem } from '#electron/pki/containers/pem'
import { certificatePem, certificatesIn } from '#electron/pki/x509/pem'

const [one, other] = [Buffer.from('one certificate'), Buffer.from('another certificate')]

it('finds every certificate of a text in order, and nothing else', () => {
  const text = `# roots\n${certificatePem(one)}Bag Attributes\r\n${encodePem('X509 CRL', one)}${certificatePem(other)}`
  expect(certificatesIn(text)).toEqual([one, other])
  expect(certificatesIn(text.replaceAll('\n', '\r\n'))).toEqual([one, other])
  expect(certificatesIn('')).toEqual([])
})

it('leaves out blocks that are damaged', () => {
  const begun = '-----BEGIN CERTIFICATE-----\nAAAA\n'
  const noBase64 = '-----BEGIN CERTIFICATE-----\n???\n-----END CERTIFICATE-----\n'
  expect(certificatesIn(begun + certificatePem(one) + noBase64 + certificatePem(other))).toEqual([one, other])
})
