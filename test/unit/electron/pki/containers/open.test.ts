import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openFile } from '#electron/pki/containers/open'
import { integer, sequence } from '#electron/pki/der'
import { certificateSha256 } from '#electron/pki/x509/read'
import { MAX_FILE_BYTES } from '#shared/logic/file-limits'
import { toBer } from '../../../../support/ber'
import { derOf } from '../../../../support/certificates'
import { type Walkthrough, walkThrough } from '../../../../support/openssl'

let walkthrough: Walkthrough
beforeAll(async () => {
  walkthrough = await walkThrough()
})
afterAll(() => walkthrough.remove())

const open = (bytes: Uint8Array | string, name = 'file', password: string | null = null) =>
  openFile({ name, bytes: Buffer.from(bytes), password })
const chain = () => [walkthrough.intermediatePem, walkthrough.rootPem].map((pem) => certificateSha256(derOf(pem)))

describe('DER, whatever its name', () => {
  it('a certificate', async () => {
    const der = derOf(walkthrough.clientPem)
    const file = await open(der, 'holiday.jpg')
    expect(file).toMatchObject({ format: 'DER certificate', keys: [], requests: [], crls: [], publicKeys: [] })
    expect(file.certificates.map((one) => Buffer.from(one.der))).toEqual([Buffer.from(der)])
  })

  it('a request', async () => {
    const der = derOf(await walkthrough.read('client.csr'))
    expect(await open(der, 'client.cer')).toMatchObject({ format: 'DER request (CSR)', requests: [expect.anything()] })
  })

  it('a CRL, with and without entries', async () => {
    const { openssl, write, read } = walkthrough
    await write('index.txt', '')
    await write('ca.cnf', '[ca]\ndefault_ca=c\n[c]\ndatabase=index.txt\ndefault_md=sha256\ndefault_crl_days=7\n')
    const signing = ['-config', 'ca.cnf', '-keyfile', 'rootCA.key', '-cert', 'rootCA.pem']
    const password = ['-passin', 'pass:walkthrough-password']
    await openssl('ca', '-gencrl', ...signing, ...password, '-out', 'root.crl')
    const text = (await read('root.crl')).toString('utf8')
    expect((await open(text)).crls).toHaveLength(1)
    expect(await open(derOf(text))).toMatchObject({ format: 'DER CRL', crls: [expect.anything()] })
  })

  it('with something behind its end', async () => {
    const bytes = Buffer.concat([derOf(walkthrough.clientPem), Buffer.from('\r\n')])
    expect((await open(bytes)).certificates).toHaveLength(1)
  })
})

describe('PKCS#7', () => {
  it('PEM and DER, certificates only', async () => {
    const { openssl, read } = walkthrough
    await openssl('crl2pkcs7', '-nocrl', '-certfile', 'ca-chain.pem', '-out', 'chain.p7b')
    await openssl('crl2pkcs7', '-nocrl', '-certfile', 'ca-chain.pem', '-outform', 'DER', '-out', 'chain.p7c')
    for (const file of ['chain.p7b', 'chain.p7c']) {
      const { certificates } = await open(await read(file))
      expect(certificates.map(({ der }) => certificateSha256(der))).toEqual(chain())
    }
  })

  it('BER, with the certificates byte for byte as they were signed', async () => {
    const { openssl, read } = walkthrough
    await openssl('crl2pkcs7', '-nocrl', '-certfile', 'ca-chain.pem', '-outform', 'DER', '-out', 'ber.p7c')
    const signed = [walkthrough.intermediatePem, walkthrough.rootPem].map(derOf)
    const { format, certificates } = await open(toBer(await read('ber.p7c'), signed))
    expect(format).toBe('PKCS#7')
    expect(certificates.map(({ der }) => certificateSha256(der))).toEqual(chain())
  })

  it('around signed content, as openssl streams it', async () => {
    const { openssl, read, write } = walkthrough
    await write('letter.txt', 'Hello')
    const signer = ['-signer', 'client.pem', '-inkey', 'client.key', '-certfile', 'ca-chain.pem']
    await openssl(
      'cms',
      '-sign',
      '-in',
      'letter.txt',
      ...signer,
      '-nodetach',
      '-stream',
      '-outform',
      'DER',
      '-out',
      's.p7',
    )
    expect((await open(await read('s.p7'))).certificates).toHaveLength(3)
  })

  it('with nothing in it says so', async () => {
    const { openssl, read, write } = walkthrough
    await write('letter.txt', 'Hello')
    const signer = ['-signer', 'client.pem', '-inkey', 'client.key', '-nocerts']
    await openssl('cms', '-sign', '-in', 'letter.txt', ...signer, '-outform', 'DER', '-out', 'none.p7')
    await expect(open(await read('none.p7'))).rejects.toMatchObject({
      code: 'nothing-usable',
      detail: expect.stringContaining('PKCS#7'),
    })
  })

  it('of another kind is named', async () => {
    const { openssl, read, write } = walkthrough
    await write('letter.txt', 'Hello')
    await openssl('cms', '-encrypt', '-in', 'letter.txt', '-outform', 'DER', '-out', 'e.p7', 'client.pem')
    await expect(open(await read('e.p7'))).rejects.toMatchObject({ code: 'unsupported-format' })
  })
})

describe('what cannot be used is named', () => {
  const foreign: [string, string | Uint8Array, RegExp][] = [
    ['a Java keystore', Buffer.from('feedfeed00000002', 'hex'), /JKS.*keytool/u],
    ['a JCE keystore', Buffer.from('cececece00000002', 'hex'), /JCEKS.*keytool/u],
    ['a PVK key', Buffer.from('1ef1b5b000000000', 'hex'), /PVK.*openssl/u],
    ['an OpenSSH key', '-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl\n-----END OPENSSH PRIVATE KEY-----\n', /ssh-keygen/u],
    ['an SSH public key', 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5 me@here\n', /SSH public key/u],
    ['an ECDSA SSH public key', 'ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlz me@here\n', /SSH public key/u],
    ['an SSH2 key', '---- BEGIN SSH2 PUBLIC KEY ----\nAAAA\n---- END SSH2 PUBLIC KEY ----\n', /SSH/u],
    ['a PuTTY key', 'PuTTY-User-Key-File-3: ssh-rsa\n', /PuTTY/u],
    [
      'an OpenPGP key',
      '-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nlQ\n-----END PGP PRIVATE KEY BLOCK-----\n',
      /OpenPGP/u,
    ],
    ['a JSON Web Key', '{"kty":"EC","crv":"P-256","x":"a","y":"b"}', /JWK/u],
    ['a set of JSON Web Keys', '{"keys":[{"kty":"RSA","n":"a","e":"AQAB"}]}', /JWK/u],
    ['a macOS keychain', Buffer.from('6b79636800010000', 'hex'), /Keychain Access.*\.p12/u],
    ['Firefox’s own database', Buffer.from('SQLite format 3\0'), /Firefox.*\.p12/u],
    ['a binary property list', Buffer.from('bplist00\0\x01'), /plutil/u],
    ['a ZIP archive', Buffer.from('504b0304140000000000', 'hex'), /ZIP/u],
    ['a web page', '<!DOCTYPE html>\n<html><body>Log in</body></html>', /web page/u],
    ['a picture', Buffer.from('89504e470d0a1a0a', 'hex'), /Neither PEM text nor/u],
    ['a text', 'Dear administrator,\nplease send me a certificate.\n', /Neither PEM text nor/u],
  ]
  it.each(foreign)('%s', async (_, bytes, words) => {
    await expect(open(bytes)).rejects.toMatchObject({
      code: 'unsupported-format',
      detail: expect.stringMatching(words),
    })
  })

  it('parameters alone', async () => {
    await walkthrough.openssl('ecparam', '-name', 'prime256v1', '-out', 'parameters.pem')
    await expect(open(await walkthrough.read('parameters.pem'))).rejects.toMatchObject({ code: 'nothing-usable' })
  })

  it('DER of something else', async () => {
    await expect(open(sequence(integer(5)))).rejects.toMatchObject({ code: 'malformed' })
  })

  it('an empty file, a file of blanks, a file too large', async () => {
    await expect(open('')).rejects.toMatchObject({ code: 'file-empty' })
    await expect(open(' \r\n\r\n')).rejects.toMatchObject({ code: 'file-empty' })
    const large = new Uint8Array(MAX_FILE_BYTES + 1)
    await expect(openFile({ name: 'large', bytes: large, password: null })).rejects.toMatchObject({ code: 'too-large' })
  })
})
