import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { AlgorithmIdentifier, type Extension } from '@peculiar/asn1-x509'
import { certify } from '#electron/pki/authority/certify'
import * as extensions from '#electron/pki/authority/extensions'
import { encodeName, nameFrom } from '#electron/pki/authority/names'
import { encodePem } from '#electron/pki/containers/pem'
import { createCrl } from '#electron/pki/crl/write'
import { ids } from '#electron/pki/oids'
import { type Signer, signerFor } from '#electron/pki/sign'
import { certificatePem } from '#electron/pki/x509/pem'
import { viewCertificate } from '#electron/pki/x509/view'
import { SubjectDraft } from '#shared/model/identity'
import { named } from '../support/certificates'
import { identityFrom } from '../support/probe'
import type { ServerIdentity } from '../support/servers/server'

/** The certificates that a person may have on this computer, by what is right or wrong with them. */
export type ClientName = keyof Awaited<ReturnType<typeof makePki>>['clients']
export type ScenarioPki = Awaited<ReturnType<typeof makePki>>

/** The name that scenarios use where the name is not what they are about. */
export const usualHostname = 'access.latchkey.localhost'

const isOnOpenssl = process.versions['electron'] === undefined
const dayMs = 86_400_000
const started = new Date(Math.floor(Date.now() / 1000) * 1000)
/** So many days from now; a certificate's dates are whole seconds. */
const daysFromNow = (days: number) => new Date(started.getTime() + days * dayMs)

interface Keys {
  privateKey: KeyObject
  publicKey: KeyObject
}

const ecKeys = (namedCurve = 'prime256v1'): Keys => generateKeyPairSync('ec', { namedCurve })
const rsaKeys = (modulusLength: number): Keys => generateKeyPairSync('rsa', { modulusLength })

interface Issued {
  name: string | SubjectDraft
  keys: Keys
  der: Uint8Array
}

interface Order {
  name: string | SubjectDraft
  keys?: Keys
  from?: Date
  to?: Date
  /** Null: signed with its own key. */
  issuer: Issued | null
  extensions: Extension[]
  signer?: Signer
}

const subjectOf = (name: string | SubjectDraft) => encodeName(nameFrom(typeof name === 'string' ? named(name) : name))
const pkcs8Of = ({ privateKey }: Keys) => new Uint8Array(privateKey.export({ type: 'pkcs8', format: 'der' }))
const spkiOf = ({ publicKey }: Keys) => new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }))

async function issue({ name, keys = ecKeys(), issuer, signer, ...order }: Order): Promise<Issued> {
  const { from = daysFromNow(-30), to = daysFromNow(300) } = order
  const der = await certify(
    {
      issuer: subjectOf(issuer?.name ?? name),
      subject: subjectOf(name),
      spki: spkiOf(keys),
      validity: { notBefore: from, notAfter: to },
      extensions: order.extensions,
    },
    signer ?? signerFor(pkcs8Of(issuer?.keys ?? keys)),
  )
  return { name, keys, der }
}

const authorityExtensions = (keys: Keys, pathLength?: number) => [
  extensions.basicConstraints(true, pathLength),
  extensions.keyUsage('keyCertSign', 'cRLSign'),
  extensions.subjectKeyIdentifier(spkiOf(keys)),
]

type AuthorityOrder = Pick<Order, 'issuer' | 'name'> & Partial<Order> & { pathLength?: number }

function authority({ keys = ecKeys(), pathLength, ...order }: AuthorityOrder): Promise<Issued> {
  return issue({ keys, extensions: authorityExtensions(keys, pathLength), ...order })
}

const clientUse = [
  extensions.basicConstraints(false),
  extensions.keyUsage('digitalSignature'),
  extensions.extendedKeyUsage(ids.clientAuthentication),
]

function leaf(order: Partial<Order> & Pick<Order, 'issuer'>): Promise<Issued> {
  return issue({ name: 'Ada', extensions: clientUse, ...order })
}

/** For algorithms that Latchkey itself does not sign with. */
const signerWith = (identifier: string, hash: string | null, { privateKey }: Keys, isRsa = false): Signer => ({
  algorithm: new AlgorithmIdentifier(isRsa ? { algorithm: identifier, parameters: null } : { algorithm: identifier }),
  sign: async (content) => new Uint8Array(sign(hash, content, privateKey)),
})

/** What the probe presents, and what the judgement knows of it. */
function clientOf(issued: Issued, issuers: Issued[], newerIssuer: Issued | null = null) {
  const pem = (all: Issued[]) => all.map(({ der }) => certificatePem(der)).join('')
  return {
    identity: identityFrom(pem([issued]), encodePem('PRIVATE KEY', pkcs8Of(issued.keys)), pem(issuers)),
    name: typeof issued.name === 'string' ? issued.name : issued.name.commonName,
    views: [issued, ...issuers].map(({ der }) => viewCertificate(der)),
    newerIssuer: newerIssuer === null ? null : viewCertificate(newerIssuer.der),
  }
}

const pemOf = (...all: Issued[]) => all.map(({ der }) => certificatePem(der)).join('')

async function crlPem(issuer: Issued, revoked: Issued[], from: Date, to: Date): Promise<string> {
  const der = await createCrl({
    issuerCertificate: issuer.der,
    issuerKey: pkcs8Of(issuer.keys),
    revoked: revoked.map((one) => ({
      serial: viewCertificate(one.der).serial,
      at: daysFromNow(-1),
      reason: 'unspecified' as const,
    })),
    number: 1n,
    now: started,
    thisUpdate: from,
    nextUpdate: to,
  })
  return encodePem('X509 CRL', der)
}

/** Every certificate of every scenario; made once for all of them. */
export async function makePki() {
  const root = await authority({ name: 'Scenario Root', issuer: null })
  const ca = await authority({ name: 'Scenario CA', issuer: root })
  const foreignRoot = await authority({ name: 'Foreign Root', issuer: null })
  const foreignCa = await authority({ name: 'Foreign CA', issuer: foreignRoot })
  const good = await leaf({ issuer: ca })
  const revoked = await leaf({ issuer: ca, name: 'Revoked' })

  // The same name with another key: only the signature tells them apart.
  const namesake = await authority({
    name: 'Scenario CA',
    issuer: await authority({ name: 'Scenario Root', issuer: null }),
  })

  const oldCaKeys = ecKeys()
  const oldCa = { name: 'Renewed CA', issuer: root, keys: oldCaKeys }
  const expiredCa = await authority({ ...oldCa, from: daysFromNow(-400), to: daysFromNow(-2) })
  const renewedCa = await authority(oldCa)

  const elaborate = await authority({
    name: SubjectDraft.parse({
      commonName: 'Über CA, "the second"',
      organization: 'Müller, Söhne + Co',
      organizationalUnit: 'A=B\\C',
      locality: 'Köln',
      state: 'NRW',
      country: 'DE',
    }),
    issuer: root,
  })
  const second = await authority({ name: 'Second CA', issuer: ca })
  const third = await authority({ name: 'Third CA', issuer: second })
  const shortCa = await authority({ name: 'Short CA', issuer: root, pathLength: 0 })
  const tooDeep = await authority({ name: 'Too Deep CA', issuer: shortCa })
  const noCa = await issue({ name: 'No CA', issuer: ca, extensions: [extensions.basicConstraints(false)] })

  const serversCaKeys = ecKeys()
  const serversCa = await authority({
    name: 'Servers CA',
    issuer: root,
    keys: serversCaKeys,
    extensions: [...authorityExtensions(serversCaKeys), extensions.extendedKeyUsage(ids.serverAuthentication)],
  })

  const rsaCa = await authority({ name: 'RSA CA', issuer: root, keys: rsaKeys(2048) })
  const sha1 = signerWith('1.2.840.113549.1.1.5', 'sha1', rsaCa.keys, true)
  const use = (...purposes: string[]) => [
    extensions.basicConstraints(false),
    extensions.keyUsage('digitalSignature'),
    extensions.extendedKeyUsage(...purposes),
  ]

  const clients = {
    good: clientOf(good, [ca]),
    /** Its issuers up to the root are sent along. */
    goodWithRoot: clientOf(good, [ca, root]),
    goodWithoutIssuers: clientOf(good, []),
    goodRsa: clientOf(await leaf({ issuer: ca, keys: rsaKeys(2048) }), [ca]),
    goodP384: clientOf(await leaf({ issuer: ca, keys: ecKeys('secp384r1') }), [ca]),
    expired: clientOf(await leaf({ issuer: ca, from: daysFromNow(-60), to: daysFromNow(-1) }), [ca]),
    notYetValid: clientOf(await leaf({ issuer: ca, from: daysFromNow(30), to: daysFromNow(60) }), [ca]),
    forServersOnly: clientOf(await leaf({ issuer: ca, extensions: use(ids.serverAuthentication) }), [ca]),
    withoutUses: clientOf(
      await leaf({
        issuer: ca,
        extensions: [extensions.basicConstraints(false), extensions.keyUsage('digitalSignature')],
      }),
      [ca],
    ),
    cannotSign: clientOf(
      await leaf({
        issuer: ca,
        keys: rsaKeys(2048),
        extensions: [
          extensions.basicConstraints(false),
          extensions.keyUsage('keyEncipherment'),
          extensions.extendedKeyUsage(ids.clientAuthentication),
        ],
      }),
      [ca],
    ),
    selfSigned: clientOf(await leaf({ issuer: null }), []),
    foreign: clientOf(await leaf({ issuer: foreignCa }), [foreignCa, foreignRoot]),
    foreignExpired: clientOf(await leaf({ issuer: foreignCa, from: daysFromNow(-60), to: daysFromNow(-1) }), [
      foreignCa,
      foreignRoot,
    ]),
    namesake: clientOf(await leaf({ issuer: namesake }), [namesake]),
    ofExpiredIssuer: clientOf(await leaf({ issuer: renewedCa }), [expiredCa], renewedCa),
    ofRenewedIssuer: clientOf(await leaf({ issuer: renewedCa }), [renewedCa]),
    rsa1024: clientOf(await leaf({ issuer: ca, keys: rsaKeys(1024) }), [ca]),
    sha1: clientOf(await leaf({ issuer: rsaCa, signer: sha1 }), [rsaCa]),
    ed25519: clientOf(await leaf({ issuer: ca, keys: generateKeyPairSync('ed25519') }), [ca]),
    revoked: clientOf(revoked, [ca]),
    longChain: clientOf(await leaf({ issuer: third }), [third, second, ca]),
    belowShortCa: clientOf(await leaf({ issuer: tooDeep }), [tooDeep, shortCa]),
    /** Its own use is right; its issuer's extended key usage is for servers alone. */
    belowServersCa: clientOf(await leaf({ issuer: serversCa }), [serversCa]),
    belowNoCa: clientOf(await leaf({ issuer: noCa }), [noCa, ca]),
    ofElaborateIssuer: clientOf(await leaf({ issuer: elaborate }), [elaborate]),
    goodP521: clientOf(await leaf({ issuer: ca, keys: ecKeys('secp521r1') }), [ca]),
    /** A curve that no browser knows, and neither does BoringSSL. */
    goodK256: clientOf(await leaf({ issuer: ca, keys: ecKeys(isOnOpenssl ? 'secp256k1' : 'prime256v1') }), [ca]),
    /** For key agreement alone: no TLS library signs a handshake with it. */
    x25519: clientOf(await leaf({ issuer: ca, keys: generateKeyPairSync('x25519') }), [ca]),
    otherName: clientOf(await leaf({ issuer: ca, name: 'Grace' }), [ca]),
  }

  // One key for all of them: only their names fill the list.
  const crowd = ecKeys()
  const others: Issued[] = []
  for (let index = 0; index < 300; index += 1)
    others.push(
      await authority({ name: `Other CA ${index} of ${'a long list '.repeat(4)}`, issuer: null, keys: crowd }),
    )

  const current = [daysFromNow(-1), daysFromNow(30)] as const
  const rootCrl = await crlPem(root, [], ...current)
  return {
    clients,
    /** Issuer and root, as they are uploaded to Access. */
    clientCa: pemOf(ca, root),
    /** Issuer and root in the middle of three hundred others. */
    clientCaInCrowd: pemOf(...others.slice(0, 150), ca, root, ...others.slice(150)),
    /** An issuer whose name has every kind of character that names are written with. */
    clientCaElaborate: pemOf(elaborate, root),
    /** The root alone: a client has to send what stands between. */
    clientRoot: pemOf(root),
    crls: {
      current: (await crlPem(ca, [revoked], ...current)) + rootCrl,
      expired: (await crlPem(ca, [], daysFromNow(-20), daysFromNow(-10))) + rootCrl,
      ofRootOnly: rootCrl,
      expiredOfElaborate: (await crlPem(elaborate, [], daysFromNow(-20), daysFromNow(-10))) + rootCrl,
    },
    server: await makeServers(),
  }
}

interface ServerOrder extends Partial<Order> {
  hostname?: string
}

/** Servers' certificates, each below a root of its own making. */
async function makeServers() {
  const root = await authority({ name: 'Scenario Server Root', issuer: null })
  const between = await authority({ name: 'Scenario Server CA', issuer: root })
  const expiredBetween = await authority({
    name: 'Expired Server CA',
    issuer: root,
    from: daysFromNow(-400),
    to: daysFromNow(-3),
  })
  const inspectorRoot = await authority({ name: 'Zscaler Intermediate Root CA (zscalerthree.net)', issuer: null })
  const company = await authority({ name: 'Acme Issuing CA 2', issuer: null, keys: rsaKeys(2048) })
  const weakRoot = await authority({ name: 'Weak Server Root', issuer: null, keys: rsaKeys(2048) })
  const use = extensions.extendedKeyUsage(ids.serverAuthentication)

  async function of(issuer: Issued | null, order: ServerOrder = {}, sent: Issued[] = []): Promise<ServerIdentity> {
    const { hostname = usualHostname, ...rest } = order
    const issued = await issue({
      name: hostname,
      issuer,
      extensions: [
        extensions.basicConstraints(false),
        extensions.keyUsage('digitalSignature'),
        use,
        extensions.subjectAlternativeName(extensions.alternativeNamesFrom([], [hostname])),
      ],
      ...rest,
    })
    const trusted = issuer === null ? issued : issuer === between || issuer === expiredBetween ? root : issuer
    return {
      chain: pemOf(issued, ...sent),
      key: encodePem('PRIVATE KEY', pkcs8Of(issued.keys)),
      root: certificatePem(trusted.der),
    }
  }

  const address = (octets: number[]) =>
    extensions.alternativeNamesFromValue(Uint8Array.of(0x30, octets.length + 2, 0x87, octets.length, ...octets))

  return {
    usual: await of(between, {}, [between]),
    rsa: await of(between, { keys: rsaKeys(2048) }, [between]),
    expired: await of(between, { from: daysFromNow(-60), to: daysFromNow(-2) }, [between]),
    notYetValid: await of(between, { from: daysFromNow(20), to: daysFromNow(60) }, [between]),
    withRoot: await of(between, {}, [between, root]),
    incomplete: await of(between),
    ofExpiredIssuer: await of(expiredBetween, {}, [expiredBetween]),
    forClientsOnly: await of(
      between,
      {
        extensions: [
          extensions.basicConstraints(false),
          extensions.extendedKeyUsage(ids.clientAuthentication),
          extensions.subjectAlternativeName(extensions.alternativeNamesFrom([], [usualHostname])),
        ],
      },
      [between],
    ),
    otherName: await of(between, { hostname: 'other.latchkey.localhost' }, [between]),
    selfSigned: await of(null),
    inspected: await of(inspectorRoot),
    /** No server's certificate, but a company's CA, by which a proxy makes such certificates. */
    company: {
      chain: pemOf(company),
      key: encodePem('PRIVATE KEY', pkcs8Of(company.keys)),
      root: certificatePem(company.der),
    },
    /** Below what OpenSSL's first security level takes, and so below everything in use. */
    weakKey: await of(weakRoot, { keys: rsaKeys(768) }),
    sha1: await of(weakRoot, { signer: signerWith('1.2.840.113549.1.1.5', 'sha1', weakRoot.keys, true) }),
    idn: await of(between, { hostname: 'xn--bcher-kva.latchkey.localhost' }, [between]),
    wildcard: await of(between, { hostname: '*.latchkey.localhost' }, [between]),
    publicName: await of(between, { hostname: 'admin.example.com' }, [between]),
    ipv4: await of(between, { extensions: [use, address([127, 0, 0, 1])] }, [between]),
    ipv6: await of(between, { extensions: [use, address([...Array(15).fill(0), 1])] }, [between]),
  }
}
