import { expect, it } from 'vitest'
import { sourceFromText } from '../../../../renderer/src/import/file-sources'

const der = Buffer.concat([Buffer.from('308201000201', 'hex'), Buffer.alloc(60)])
const pem = `-----BEGIN CERTIFICATE-----\n${der.toString('base64')}\n-----END CERTIFICATE-----\n`

it.each([
  ['PEM', pem],
  ['PEM with four hyphens', pem.replaceAll('-----', '----')],
  ['PEM with long dashes', pem.replaceAll('-----', '—')],
  ['JSON', JSON.stringify({ pem })],
  ['percent-encoding', `Cert="${encodeURIComponent(pem)}"`],
  ['character references', pem.replaceAll('-', '&#45;')],
  ['base64 of PEM', `tls.crt: ${Buffer.from(pem).toString('base64')}`],
  ['bare base64', der.toString('base64')],
  ['a set-up file', 'latchkey-setup 1 x y\n{}\n'],
  ['a link with one', 'latchkey://setup#AAAA'],
])('%s is taken for a file', (_, text) => {
  expect(sourceFromText(text)).toMatchObject({ kind: 'bytes', name: 'pasted text' })
})

it.each(['', 'example.com', 'Where does it BEGIN?', 'MIIT is a word'])('%j is not', (text) => {
  expect(sourceFromText(text)).toBeNull()
})
