import { createServer } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { tags } from '#electron/pki/der'
import { judgeChain } from '#electron/probe/server-trust'
import { derOf } from '../../../support/certificates'
import { forgeCertificate, noon } from '../../../support/forge'
import { attribute, commonName, nameOfSets } from '../../../support/names'
import { openWorkshop, type Workshop } from '../../../support/openssl'
import { directProbe, probeInput } from '../../../support/probe'
import { keys } from '../../../support/small-pkis'

let workshop: Workshop
const host = 'a.example'
// The certificates are made after this line, and begin the moment they are made.
const now = new Date(Date.now() + 3_600_000)

beforeAll(async () => {
  workshop = await openWorkshop()
  await make('root', null, '', ['basicConstraints = critical, CA:true'])
  await make('intermediate', 'root', '', ['basicConstraints = critical, CA:true, pathlen:0'])
  await make('leaf', 'intermediate', host)
  await make('direct', 'root', host)
  await make('ordinary', 'intermediate', 'mallory.example')
  await make('forged', 'ordinary', host)
  await make('deeper', 'intermediate', '', ['basicConstraints = critical, CA:true'])
  await make('too-deep', 'deeper', host)
  await make('no-server', 'intermediate', host, ['extendedKeyUsage = clientAuth'])
  await make('limited', 'root', '', [
    'basicConstraints = critical, CA:true',
    'nameConstraints = critical, permitted;DNS:b.example',
  ])
  await make('outside', 'limited', host)
  await make('inside', 'limited', 'b.example')
})
afterAll(() => workshop.remove())

/** NAME.pem with NAME.key, signed by the issuer or by itself; with a DNS name where one is given. */
async function make(name: string, issuer: string | null, dns: string, extensions: string[] = []): Promise<void> {
  await workshop.openssl('ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', `${name}.key`)
  await workshop.openssl('req', '-new', '-key', `${name}.key`, '-subj', `/CN=${name}`, '-out', `${name}.csr`)
  const lines = [...extensions, ...(dns === '' ? [] : [`subjectAltName = DNS:${dns}`])]
  await workshop.write(`${name}.ext`, `${lines.join('\n')}\n`)
  const by =
    issuer === null
      ? ['-signkey', `${name}.key`]
      : ['-CA', `${issuer}.pem`, '-CAkey', `${issuer}.key`, '-CAcreateserial']
  const files = ['-in', `${name}.csr`, '-extfile', `${name}.ext`, '-out', `${name}.pem`]
  await workshop.openssl('x509', '-req', ...files, ...by, '-days', '9')
}

async function judged(names: string[], hostname = host, at = now) {
  const chain = await Promise.all(names.map(async (name) => derOf(await workshop.read(`${name}.pem`))))
  return judgeChain(chain, hostname, [String(await workshop.read('root.pem'))], at).trust
}

it.each([
  ['a root that is sent along', ['leaf', 'intermediate', 'root']],
  ['a root that is not', ['leaf', 'intermediate']],
  ['a root at once', ['direct']],
])('trusts a chain up to %s', async (_what, names) => {
  expect(await judged(names)).toBe('trusted')
})

it('trusts a chain in another order, and names within the limits of an issuer, as the engine does', async () => {
  expect(await judged(['leaf', 'root', 'intermediate'])).toBe('trusted')
  expect(await judged(['inside', 'limited'], 'b.example')).toBe('trusted')
})

it.each([
  ['its issuer is left out', ['leaf']],
  ['a link is missing', ['leaf', 'root']],
  ['an ordinary certificate signed it', ['forged', 'ordinary', 'intermediate']],
  ['the chain is longer than its issuer allows', ['too-deep', 'deeper', 'intermediate']],
  ['it is not for servers', ['no-server', 'intermediate']],
  ['its issuer is limited to other names', ['outside', 'limited']],
])('does not where %s', async (_why, names) => {
  expect(await judged(names)).toBe('untrusted')
})

it('looks at the name and at the dates', async () => {
  expect(await judged(['direct'], 'b.example')).toBe('name-mismatch')
  expect(await judged(['direct'], '127.0.0.1')).toBe('name-mismatch')
  expect(await judged(['direct'], host, new Date(now.getTime() + 20 * 86_400_000))).toBe('untrusted')
  expect(await judged(['direct'], host, new Date(now.getTime() - 20 * 86_400_000))).toBe('untrusted')
})

it('finds nothing in no chain and no trust in rubbish', () => {
  expect(judgeChain([], host, [], now).trust).toBe('unknown')
  expect(judgeChain([Buffer.from('rubbish')], host, [], now).trust).toBe('untrusted')
})

it('survives a server whose certificate is rubbish', async () => {
  const sized = (type: number, body: Buffer) => Buffer.concat([Buffer.of(type, 0, 0, body.length), body])
  const hello = Buffer.concat([Buffer.of(3, 3), Buffer.alloc(32, 9), Buffer.of(0, 0xc0, 0x2f, 0, 0, 0)])
  const certificate = Buffer.concat([Buffer.of(0, 0, 10, 0, 0, 7), Buffer.from('rubbish')])
  const messages = Buffer.concat([sized(2, hello), sized(11, certificate)])
  const flight = Buffer.concat([Buffer.of(22, 3, 3, 0, messages.length), messages])
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.once('data', () => socket.end(flight))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = address !== null && typeof address === 'object' ? address.port : 0
  const { without } = await directProbe().test(probeInput(port, { pinnedKey: 'a'.repeat(64) }))
  // The connection failed, and that the server showed a certificate which cannot be read is told all the same.
  const { outcome, tls } = without.attempt
  expect(outcome).toMatchObject({ kind: 'failed', reason: 'tls-failed' })
  expect(tls).toMatchObject({ chain: [], trust: 'untrusted' })
  server.close()
})

it('does not trust a certificate whose common name is no string, where the engine gives up', async () => {
  const [key] = keys()
  if (key === undefined) throw new Error('no key')
  const name = nameOfSets([attribute(commonName, tags.sequence, new Uint8Array())])
  const forged = await forgeCertificate({ subject: name, issuer: name, spki: key.spki, signedBy: key, extensions: [] })
  for (const hostname of [host, '192.0.2.1']) {
    const { trust, trustProblem } = judgeChain([forged], hostname, [], noon)
    expect([trust, trustProblem]).toEqual(
      hostname === host
        ? ['untrusted', 'The server’s certificate cannot be read.']
        : ['untrusted', 'The server vouches only for itself (self-signed).'],
    )
  }
})
