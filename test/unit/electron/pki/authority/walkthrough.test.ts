import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { issueClient } from '#electron/pki/authority/client'
import { createIntermediate } from '#electron/pki/authority/intermediate'
import { openIssuer } from '#electron/pki/authority/issuer'
import { createRoot } from '#electron/pki/authority/root'
import { viewCertificate } from '#electron/pki/certificate'
import { encodePem } from '#electron/pki/containers/pem'
import { generateKey } from '#electron/pki/keys'
import { defaultDays } from '#shared/model/authority'
import { derOf, named } from '../../../../support/certificates'
import { type Walkthrough, walkThrough } from '../../../../support/openssl'

/** Cloudflare's OpenSSL walkthrough beside ours: the same objects, and every difference with its reason. */
let walk: Walkthrough
let blank: Walkthrough
const now = new Date()
const ours: Record<string, Uint8Array> = {}

beforeAll(async () => {
  walk = await walkThrough()
  blank = await walkThrough({ blankNames: true })
  const common = { algorithm: 'rsa-2048', now } as const
  const root = await createRoot({ ...common, subject: named('Walkthrough Root'), days: defaultDays.root })
  const intermediate = await createIntermediate({
    ...common,
    subject: named('Walkthrough Intermediate'),
    days: defaultDays.intermediate,
    issuerCertificate: root.certificate,
    issuerKey: root.pkcs8,
  })
  const issuer = openIssuer({ issuerCertificate: intermediate.certificate, issuerKey: intermediate.pkcs8 })
  const { spki } = await generateKey('rsa-2048')
  const client = { subject: named('John Doe'), emails: [], dnsNames: [], spki, days: defaultDays.client, now }
  ours['rootCA'] = root.certificate
  ours['intermediate'] = intermediate.certificate
  ours['client'] = await issueClient(issuer, client)
  for (const [name, der] of Object.entries(ours)) await walk.write(`ours-${name}.pem`, encodePem('CERTIFICATE', der))
})
afterAll(async () => {
  await walk.remove()
  await blank.remove()
})

/** The extensions by openssl's names, with what they say, in alphabetical order. */
async function extensionsOf(file: string): Promise<string[]> {
  const text = await walk.openssl('x509', '-in', file, '-noout', '-text', '-certopt', 'ext_parse')
  const found = [...text.matchAll(/X509v3 (?!extensions)([^:\n]+):( critical)?\s*\n\s+([^\n]+)/gu)]
  return found
    .map(([, name = '', critical = '', value = '']) => {
      const isIdentifier = /Key Identifier/u.test(name)
      return `${name}${critical}${isIdentifier ? '' : `: ${value.trim()}`}`
    })
    .sort()
}

const authority = 'Basic Constraints critical: CA:TRUE'
const signing = 'Key Usage critical: Certificate Sign, CRL Sign'
const identifiers = ['Authority Key Identifier', 'Subject Key Identifier']

describe('beside the walkthrough', () => {
  it('lifetimes, signatures, keys and versions are the same, but for the client’s version', () => {
    for (const [name, der] of Object.entries(ours)) {
      const mine = viewCertificate(der)
      const pem = { rootCA: walk.rootPem, intermediate: walk.intermediatePem, client: walk.clientPem }[name] ?? ''
      const theirs = viewCertificate(derOf(pem))
      const days = (view: typeof mine) => (Date.parse(view.notAfter) - Date.parse(view.notBefore)) / 86_400_000
      expect(days(mine), name).toBe(days(theirs))
      expect(mine).toMatchObject({ signatureAlgorithm: theirs.signatureAlgorithm, publicKey: theirs.publicKey })
      // RFC 5280 §4.1.2.1: extensions need v3, and without them nothing says what the certificate is for.
      expect([mine.version, theirs.version], name).toEqual(name === 'client' ? [3, 1] : [3, 3])
    }
  })

  it('the root says what its key is for (RFC 5280 §4.2.1.3: a CA must), and does not name itself as its issuer’s key', async () => {
    expect(await extensionsOf('rootCA.pem')).toEqual([authority, ...identifiers].sort())
    expect(await extensionsOf('ours-rootCA.pem')).toEqual([authority, signing, 'Subject Key Identifier'].sort())
  })

  it('the intermediate is the same to the last extension', async () => {
    const theirs = (await extensionsOf('intermediate.pem')).sort()
    expect(await extensionsOf('ours-intermediate.pem')).toEqual(theirs)
    expect(theirs).toEqual([authority, signing, ...identifiers].sort())
  })

  it('the client has what TLS servers look for, where the walkthrough’s has nothing at all', async () => {
    expect(await extensionsOf('client.pem')).toEqual([])
    expect(await extensionsOf('ours-client.pem')).toEqual(
      [
        'Basic Constraints critical: CA:FALSE',
        'Extended Key Usage: TLS Web Client Authentication',
        'Key Usage critical: Digital Signature',
        ...identifiers,
      ].sort(),
    )
  })

  it('both verify in both orders, as long as the two issuers have names of their own, which ours always do', async () => {
    const verify = async (first: string, second: string, client: string, from = walk) => {
      const read = async (name: string) => (await from.read(name)).toString()
      await from.write('both.pem', (await read(first)) + (await read(second)))
      return from.openssl('verify', '-CAfile', 'both.pem', client)
    }
    for (const prefix of ['', 'ours-']) {
      const [root, middle, client] = ['rootCA', 'intermediate', 'client'].map((name) => `${prefix}${name}.pem`)
      if (root === undefined || middle === undefined || client === undefined) throw new Error('three names')
      expect(await verify(middle, root, client)).toContain('OK')
      expect(await verify(root, middle, client)).toContain('OK')
    }
    // The trap of the walkthrough: with both fields left blank one order of the very same file is refused.
    const works = (first: string, second: string) =>
      verify(first, second, 'client.pem', blank).then(
        () => true,
        () => false,
      )
    const orders = [await works('intermediate.pem', 'rootCA.pem'), await works('rootCA.pem', 'intermediate.pem')]
    expect(orders.sort()).toEqual([false, true])
    expect(viewCertificate(ours['rootCA'] ?? new Uint8Array()).subject).not.toBe(
      viewCertificate(ours['intermediate'] ?? new Uint8Array()).subject,
    )
  })
})
