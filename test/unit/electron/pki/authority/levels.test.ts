import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { issueAsRequested, issueClient, renewClient } from '#electron/pki/authority/client'
import { nameKeysOf } from '#electron/pki/authority/distinct'
import { createIntermediate, createIntermediateNamed } from '#electron/pki/authority/intermediate'
import { openIssuer } from '#electron/pki/authority/issuer'
import { rollOver } from '#electron/pki/authority/roll-over'
import { createRoot, type NewAuthority } from '#electron/pki/authority/root'
import { encodePem } from '#electron/pki/containers/pem'
import { generateKey, type KeyPair } from '#electron/pki/keys'
import { createRequest } from '#electron/pki/request'
import { viewCertificate } from '#electron/pki/x509/view'
import { RequestDraft } from '#shared/model/identity'
import { named } from '../../../../support/certificates'
import { commonName, nameOfSets, utf8 } from '../../../../support/names'
import { openWorkshop, type Workshop } from '../../../../support/openssl'

const now = new Date()
const day = 86_400_000
const common = { algorithm: 'p-256', now } as const
const pem = (...all: Uint8Array[]) => all.map((der) => encodePem('CERTIFICATE', der)).join('')
const under = ({ certificate, pkcs8 }: NewAuthority) => ({ issuerCertificate: certificate, issuerKey: pkcs8 })

let workshop: Workshop
let root: NewAuthority
let key: KeyPair
beforeAll(async () => {
  workshop = await openWorkshop()
  root = await createRoot({ ...common, subject: named('Level Root'), days: 100, pathLength: 3 })
  key = await generateKey('p-256')
})
afterAll(() => workshop.remove())

const intermediate = (name: string, issuer: NewAuthority, pathLength: number | null = null) =>
  createIntermediate({ ...common, subject: named(name), days: 50, pathLength, ...under(issuer) })
const client = (issuer: NewAuthority, name = 'Ada', others: { emails?: string[]; dnsNames?: string[] } = {}) =>
  issueClient(openIssuer(under(issuer)), {
    names: { kind: 'decided', subject: named(name), emails: [], dnsNames: [], ...others },
    spki: key.spki,
    days: 20,
    now,
  })
async function verify(leaf: Uint8Array, ...chain: Uint8Array[]) {
  await workshop.write('leaf.pem', pem(leaf))
  await workshop.write('chain.pem', pem(...chain))
  return workshop.openssl('verify', '-x509_strict', '-purpose', 'sslclient', '-CAfile', 'chain.pem', 'leaf.pem')
}

describe('several levels', () => {
  it('verify in both orders, and each writes down how many may follow', async () => {
    const first = await intermediate('First', root)
    const second = await intermediate('Second', first)
    const third = await intermediate('Third', second, 5)
    const leaf = await client(third)
    const chain = [third, second, first, root].map(({ certificate }) => certificate)
    expect(await verify(leaf, ...chain)).toContain('OK')
    expect(await verify(leaf, ...[...chain].reverse())).toContain('OK')
    await workshop.write('third.pem', pem(third.certificate))
    expect(await workshop.openssl('x509', '-in', 'third.pem', '-noout', '-text')).toContain('CA:TRUE, pathlen:0')
    await expect(intermediate('Fourth', third)).rejects.toMatchObject({ code: 'invalid-input' })
  })

  it('never outlive their issuer, and begin no sooner', async () => {
    const long = await createIntermediate({ ...common, subject: named('Long'), days: 5000, ...under(root) })
    expect(viewCertificate(long.certificate).notAfter).toBe(viewCertificate(root.certificate).notAfter)
    const later = { ...common, now: new Date(now.getTime() + 101 * day) }
    await expect(
      createIntermediate({ ...later, subject: named('Late'), days: 5, ...under(root) }),
    ).rejects.toMatchObject({ code: 'issuer-expired' })
  })

  it('need names of their own, whatever the letter case', async () => {
    const name = nameOfSets([utf8(commonName, ' level  ROOT')])
    await expect(createIntermediateNamed(name, { ...common, days: 50, ...under(root) })).rejects.toMatchObject({
      code: 'invalid-input',
    })
  })

  it('are not made under a client certificate', async () => {
    const leaf = await client(root)
    const issuer = { issuerCertificate: leaf, issuerKey: key.pkcs8 }
    expect(() => openIssuer(issuer)).toThrow('may not issue')
  })
})

describe('a client certificate', () => {
  it('has the subject and the names that the issuer decided on, and no others', async () => {
    const asked = RequestDraft.parse({ subject: named('Root of all'), emails: ['root@example.com'] })
    const requestDer = await createRequest(asked, key.pkcs8)
    expect(viewCertificate(await issueAsRequested({ requestDer, ...under(root), days: 2, now }))).toMatchObject({
      commonName: 'Root of all',
      alternativeNames: ['email: root@example.com'],
    })
    const leaf = await client(root, 'Ada', { emails: ['ada@example.com'], dnsNames: ['ada.example'] })
    const view = viewCertificate(leaf)
    expect(view).toMatchObject({ commonName: 'Ada', version: 3, isAuthority: false })
    expect(view.alternativeNames).toEqual(['email: ada@example.com', 'DNS: ada.example'])
    expect(view.keyUsage).toEqual(['digitalSignature'])
    expect(view.extendedKeyUsage).toEqual(['Client authentication'])
    expect(await verify(leaf, root.certificate)).toContain('OK')
  })

  it('is renewed: same subject, key and names; new serial number and dates', async () => {
    const leaf = await client(root, 'Ada', { emails: ['ada@example.com'] })
    const later = new Date(now.getTime() + 10 * day)
    const renewed = await renewClient(openIssuer(under(root)), { certificate: leaf, days: 20, now: later })
    const [before, after] = [viewCertificate(leaf), viewCertificate(renewed)]
    expect(after).toMatchObject({ subject: before.subject, keyCode: before.keyCode })
    expect(after.alternativeNames).toEqual(before.alternativeNames)
    expect(after.serial).not.toBe(before.serial)
    expect(Date.parse(after.notAfter) - Date.parse(before.notAfter)).toBe(10 * day)
    const certificate = root.certificate
    expect(() => renewClient(openIssuer(under(root)), { certificate, days: 2, now })).toThrow(
      'certificate-is-authority',
    )
  })
})

describe('an authority that is taken over from', () => {
  it('has a successor of the same name with another key; both verify during the overlap', async () => {
    const next = await rollOver({ ...common, certificate: root.certificate, days: 300, issuer: null })
    expect(nameKeysOf(next.certificate)).toEqual(nameKeysOf(root.certificate))
    expect(viewCertificate(next.certificate).keyCode).not.toBe(viewCertificate(root.certificate).keyCode)
    const [old, young] = [await client(root, 'Old'), await client(next, 'Young')]
    for (const chain of [
      [root.certificate, next.certificate],
      [next.certificate, root.certificate],
    ]) {
      expect(await verify(old, ...chain)).toContain('OK')
      expect(await verify(young, ...chain)).toContain('OK')
    }
  })

  it('may be an intermediate', async () => {
    const old = await intermediate('Middle', root)
    const issuer = under(root)
    const next = await rollOver({ ...common, certificate: old.certificate, days: 30, issuer })
    expect(viewCertificate(next.certificate).subject).toBe('CN=Middle')
    const leaf = await client(next)
    expect(await verify(leaf, old.certificate, next.certificate, root.certificate)).toContain('OK')
  })
})
