import { generateKeyPairSync } from 'node:crypto'
import { SignJWT } from 'jose'
import { readConfig } from '#electron/cfssl/config'
import { csrFileFor } from '#electron/cfssl/export'
import { CsrFile, ignoredIn, keyAlgorithmOf, parseFile } from '#electron/cfssl/files'
import { namePattern } from '#electron/cfssl/name-pattern/index'
import { alternativeNamesOf, subjectOf } from '#electron/cfssl/names'
import { defaultConfig, profileOf } from '#electron/cfssl/profile'
import { readSerials } from '#electron/cfssl/serials'
import { namesOfRequest, signedCertificate } from '#electron/cfssl/signed'
import { issueAsRequested } from '#electron/pki/authority/client'
import { matchList } from '#electron/pki/authority/lists/request-list'
import { reviewRequest, takeRequestedNames } from '#electron/pki/authority/requested'
import { createRoot, type NewAuthority } from '#electron/pki/authority/root'
import { checkIssued } from '#electron/pki/checks'
import type { Budget } from '#electron/pki/containers/budget'
import { openFile } from '#electron/pki/containers/open'
import { encodePem } from '#electron/pki/containers/pem'
import { readPkcs12 } from '#electron/pki/containers/pkcs12-read'
import { decryptKey, plainKey } from '#electron/pki/containers/private-keys'
import { readCrl } from '#electron/pki/crl/read'
import { childrenOf, type Element, readOnly } from '#electron/pki/der'
import { describeCertificate } from '#electron/pki/describe/certificate'
import { describeCrl } from '#electron/pki/describe/crl'
import { inspectFile } from '#electron/pki/describe/inspect'
import { describeKeyObject } from '#electron/pki/describe/key'
import { describeRequest } from '#electron/pki/describe/request'
import { readSetupFile, setupLink } from '#electron/pki/setup-file'
import { orderChain } from '#electron/pki/x509/chain'
import { certificatePem } from '#electron/pki/x509/pem'
import { certificateKey } from '#electron/pki/x509/read'
import { verifyGiven } from '#electron/pki/x509/verdict'
import { viewCertificate } from '#electron/pki/x509/view'
import { presentAnswer } from '#electron/probe/answer'
import { readHandshake } from '#electron/probe/handshake'
import type { TokenKeys } from '#electron/probe/probe'
import { describeServer, judgeChain } from '#electron/probe/server-trust'
import { readToken } from '#electron/probe/token'
import { createTokenKeys } from '#electron/probe/token-keys'
import { isAppError } from '#shared/errors'
import { Attempt, ServerCertificate, TokenView } from '#shared/model/attempt'
import { CertificateView, Check } from '#shared/model/certificate'
import { InspectedFile, ObjectDetails } from '#shared/model/details'
import { PathVerdict } from '#shared/model/path'
import { named } from '../support/certificates'
import { noon } from '../support/forge'
import { signedSetupText } from '../support/setup-files'
import { attachment, multipart, textWrappings } from '../support/text-wrappings'
import type { Reader } from './campaign'
import { answer12, flight12, flight13, keyLog13, messages13 } from './handshakes'
import { packPki, password, pemOfSome, seedsOfAll, smallPkis } from './seeds'

/** Small, so that what a run takes is what reading takes: deriving keys is bounded by the real budget, which has tests of its own. */
const budget = (): Budget => ({ rounds: 20_000, parts: 1000 })

/** Each with its own refusals: that one cannot do with the input says nothing of the others. */
async function all(...attempts: (() => unknown)[]): Promise<void> {
  for (const attempt of attempts) {
    try {
      await attempt()
    } catch (error) {
      if (!isAppError(error)) throw error
    }
  }
}

const open = (bytes: Buffer) => all(() => openFile({ name: 'file', bytes, password }, budget()))

const inspect = async (bytes: Buffer) =>
  InspectedFile.parse(await inspectFile({ name: 'file', bytes, password }, budget()))

const asText = (texts: string[]) => texts.map((text) => Buffer.from(text))

/** Some of every kind, in each wrapping. */
async function wrappedTexts(): Promise<Buffer[]> {
  const pems = pemOfSome(await seedsOfAll(), 2)
  const wrapped = Object.values(textWrappings).map((wrap, index) => wrap(pems[index % pems.length] ?? ''))
  return asText([...pems, pems.join('\n'), ...wrapped])
}

async function mails(): Promise<Buffer[]> {
  const { certificate, pkcs12, pkcs7 } = await seedsOfAll()
  const parts = [certificate, pkcs12, pkcs7].flatMap((files) => files.slice(0, 2))
  const [first = Buffer.alloc(0)] = certificate
  return asText([
    ...parts.map((bytes) => multipart([['text/plain', '', 'Here.'], attachment('a.p12', bytes)])),
    multipart([['text/html', '', `<p>${encodePem('CERTIFICATE', first)}</p>`]]),
    multipart([['message/rfc822', '', multipart([attachment('a.cer', first)])]]),
    multipart([attachment('smime.p7s', pkcs7[0] ?? first, 'application/pkcs7-signature')]),
  ])
}

async function profiles(): Promise<Buffer[]> {
  const { certificate, pkcs12 } = await seedsOfAll()
  const payload = (type: string, bytes: Buffer) =>
    `<dict><key>PayloadType</key><string>com.apple.security.${type}</string><key>PayloadDisplayName</key><string>A &amp; B</string>` +
    `<key>Password</key><string>${password}</string><key>PayloadContent</key><data>\n${bytes.toString('base64')}\n</data></dict>`
  const profile = (...payloads: string[]) =>
    `<?xml version="1.0"?><plist version="1.0"><dict><key>PayloadContent</key><array>${payloads.join('')}</array></dict></plist>`
  const roots = certificate.slice(0, 3).map((bytes) => payload('root', bytes))
  const identities = pkcs12.slice(0, 3).map((bytes) => payload('pkcs12', bytes))
  return asText([profile(...roots), profile(...identities), profile(...roots, ...identities)])
}

/** The parts of a packed path. */
const partsOf = (element: Element | undefined) =>
  element === undefined ? [] : childrenOf(element).map(({ raw }) => raw)

async function verify(input: Buffer): Promise<void> {
  const [leaf, issuers, anchors, crls] = childrenOf(readOnly(input))
  if (leaf === undefined) return
  const certificate = leaf.raw
  const chain = partsOf(issuers)
  const given = { certificate, chain, crls: partsOf(crls), at: noon }
  await all(
    () => PathVerdict.parse(verifyGiven({ ...given, roots: partsOf(anchors), revocation: 'required' })),
    () => PathVerdict.parse(verifyGiven({ ...given, roots: null, revocation: 'given' })),
    () => ServerCertificate.array().parse(describeServer([certificate, ...chain])),
    () => judgeChain([certificate, ...chain], 'people.example', partsOf(anchors).map(certificatePem), noon),
    () => {
      const ordered = orderChain(certificate, chain, noon)
      Check.array().parse(
        checkIssued({
          certificate,
          ...ordered,
          keySpki: null,
          requested: null,
          keyCameAlong: false,
          namedIssuers: ['0'.repeat(64)],
          now: noon,
        }),
      )
    },
  )
}

let practice: Promise<NewAuthority> | null = null

/** Whatever is signed for a request has to be readable. */
async function issue(requestDer: Uint8Array): Promise<void> {
  const validity = { days: 10, now: noon }
  practice ??= createRoot({ subject: named('Fuzzed'), algorithm: 'p-256', ...validity })
  const { certificate, pkcs8 } = await practice
  const issuer = { issuerCertificate: certificate, issuerKey: pkcs8 }
  CertificateView.parse(viewCertificate(await issueAsRequested({ requestDer, ...issuer, ...validity })))
}

const key = generateKeyPairSync('rsa', { modulusLength: 2048 })
const jwk = { ...key.publicKey.export({ format: 'jwk' }), kid: 'k', alg: 'RS256', use: 'sig' }
const team = 'https://team.cloudflareaccess.com'
const tokenKeys: TokenKeys = { keysFor: async () => ({ kind: 'keys', keys: [jwk] }) }

const goodToken = () =>
  new SignJWT({ type: 'app', common_name: 'John', aud: ['a'.repeat(64)] })
    .setProtectedHeader({ alg: 'RS256', kid: 'k' })
    .setIssuer(team)
    .setIssuedAt(noon)
    .setExpirationTime(noon)
    .sign(key.privateKey)

/** A token whose parts can be changed as JSON: header, claims and signature, each on a line. */
function tokenOf(input: Buffer): string {
  const [header = '', claims, signature = ''] = input.toString().split('\n')
  if (claims === undefined) return header
  return `${Buffer.from(header).toString('base64url')}.${Buffer.from(claims).toString('base64url')}.${signature}`
}

async function tokens(): Promise<Buffer[]> {
  const token = await goodToken()
  const [header = '', claims = '', signature = ''] = token.split('.')
  const text = (part: string) => Buffer.from(part, 'base64url').toString()
  return asText([
    token,
    `${text(header)}\n${text(claims)}\n${signature}`,
    '{"alg":"none"}\n{"iat":1e99,"exp":-1,"aud":[]}\n',
  ])
}

/** Headers as a server wrote them, and a page. */
function answerOf(input: Buffer) {
  const [head = '', ...rest] = input.toString().split('\n\n')
  const headers = head.split('\n').map((line) => {
    const [name = '', ...value] = line.split(': ')
    return { name, value: value.join(': ') }
  })
  return {
    status: 403,
    statusText: headers[0]?.value ?? '',
    headers,
    httpVersion: null,
    body: rest.join('\n\n'),
    bodyTruncated: false,
    bodyEnd: null,
  }
}

const answers = async () =>
  asText([
    `Server: cloudflare\nCF-Ray: 8a-VIE\nSet-Cookie: CF_Authorization=${await goodToken()}; Path=/; Secure; HttpOnly; SameSite=None; Expires=Wed, 01 Jan 2031 00:00:00 GMT\n\n<html><title>Error ・ Cloudflare Access</title><b>MTLS Status</b>: FAILED:unable to verify</html>`,
    `Location: ${team}/cdn-cgi/access/login/a.example?kid=${'a'.repeat(64)}&meta=${await goodToken()}\nSet-Cookie: a=b; Max-Age=10; Domain=.example\nSet-Cookie: c\n\n`,
    `cf-access-aud: ${'b'.repeat(64)}\n\n{"status_code":403,"aud":"${'c'.repeat(64)}","ray_id":"8a","mtls_status":"NONE"}`,
    'Content-Type: text/plain\n\nerror code: 1010',
  ])

const timings = { dns: 1, tcp: 1, tls: 1, firstByte: 1, total: 1 }

function keysFrom(input: Buffer): TokenKeys {
  const answer = { status: 200, contentType: 'application/json', retryAfter: '', bytes: input }
  return createTokenKeys({
    practice: async () => null,
    askServer: async () => answer,
    clock: { now: () => noon },
  })
}

const json = (...values: unknown[]) => values.map((value) => Buffer.from(JSON.stringify(value, null, 2)))

const profile = {
  usages: ['signing', 'key encipherment', 'client auth'],
  expiry: '8760h',
  backdate: '1h30m',
  ca_constraint: { is_ca: true, max_path_len: 1, max_path_len_zero: false },
  crl_url: 'http://crl.example/',
  issuer_urls: ['http://ca.example/'],
  name_whitelist: '^[a-z]+\\.example$',
}

/** Two streams in one input: as many octets of the first as its first two say. */
function streamsOf(input: Buffer): [Buffer, Buffer] {
  const length = input.length < 2 ? 0 : input.readUInt16BE(0)
  return [input.subarray(2, 2 + length), input.subarray(2 + length)]
}

async function handshakes(): Promise<Buffer[]> {
  const { certificate } = await seedsOfAll()
  return certificate.slice(0, 4).map((der) => {
    const flight = flight12(der)
    const length = Buffer.alloc(2)
    length.writeUInt16BE(flight.length)
    return Buffer.concat([length, flight, answer12(der)])
  })
}

const ofKind =
  (...kinds: (keyof Awaited<ReturnType<typeof seedsOfAll>>)[]) =>
  async () => {
    const seeds = await seedsOfAll()
    return kinds.flatMap((kind) => seeds[kind])
  }

/** Every reader of what a stranger may have written. Names are those of the command line. */
const setupContent = JSON.stringify({
  from: 'Acme IT',
  madeAt: '2026-11-27T09:00:00.000Z',
  sites: ['https://admin.example.com:8443/start'],
  commonName: '{name}',
  keyType: 'p-256',
  contact: 'it@example.com',
  issuers: ['ab'.repeat(32)],
})

export const readers: Reader[] = [
  {
    name: 'set-up file',
    shape: 'text',
    seeds: async () => {
      const file = signedSetupText(`${setupContent}\n`)
      return [Buffer.from(file), ...asText([setupLink(file) ?? '', `${setupContent}\n`])]
    },
    // As it is, and as what somebody has signed: no change gets past a signature.
    read: (input) =>
      all(
        () => readSetupFile(input),
        () => readSetupFile(signedSetupText(input)),
      ),
  },
  {
    name: 'certificate',
    shape: 'der',
    seeds: ofKind('certificate'),
    read: (der) =>
      all(
        () => CertificateView.parse(viewCertificate(der)),
        () => csrFileFor(ObjectDetails.parse(describeCertificate(der))),
      ),
  },
  {
    name: 'request',
    shape: 'der',
    seeds: ofKind('request'),
    read: (der) =>
      all(
        async () => csrFileFor(ObjectDetails.parse(await describeRequest(der))),
        () => reviewRequest(der),
        () => takeRequestedNames(der, true),
        () => issue(der),
        () => namesOfRequest(der),
      ),
  },
  {
    name: 'crl',
    shape: 'der',
    seeds: ofKind('crl'),
    read: (der) =>
      all(
        () => ObjectDetails.parse(describeCrl(der)),
        () => {
          const crl = readCrl(der)
          for (const entry of crl.entries()) crl.find(entry.serial)
        },
      ),
  },
  {
    name: 'key',
    shape: 'der',
    seeds: ofKind('private-key', 'public-key', 'encrypted-key', 'rsa-public-key', 'dsa-public-key'),
    read: (der) =>
      all(
        () => ObjectDetails.parse(describeKeyObject(plainKey(der).spki, 'private-key', null)),
        () => ObjectDetails.parse(describeKeyObject(der, 'public-key', null)),
        () => decryptKey(der, { passwords: [password], use: 'key', budget: budget() }),
      ),
  },
  {
    name: 'pkcs12',
    shape: 'der',
    seeds: ofKind('pkcs12'),
    read: (der) =>
      all(
        () => readPkcs12(der, password, budget()),
        () => readPkcs12(der, null, budget()),
      ),
  },
  { name: 'pkcs7', shape: 'der', seeds: ofKind('pkcs7'), read: open },
  {
    name: 'file',
    shape: 'der',
    seeds: async () => Object.values(await seedsOfAll()).flatMap((files) => files.slice(0, 20)),
    read: inspect,
  },
  { name: 'text', shape: 'text', seeds: wrappedTexts, read: inspect },
  { name: 'mail', shape: 'text', seeds: mails, read: inspect },
  { name: 'mobileconfig', shape: 'text', seeds: profiles, read: inspect },
  { name: 'path', shape: 'der', seeds: async () => (await smallPkis()).map(packPki), read: verify },
  {
    name: 'request-list',
    shape: 'text',
    async seeds() {
      const [request = Buffer.alloc(0)] = (await seedsOfAll()).request
      const pem = encodePem('CERTIFICATE REQUEST', request)
      return asText([
        'csr,common_name,emails,dns_names,key_code\na.csr,John,a@b.example c@d.example,*.example,\nb.csr,Ada,,,\n',
        `sep=;\n"csr";"common_name";"o"\n"${pem}";"A ""quoted"" name";Org\n`,
        'csr\tcn\tc\r\na.csr\tJohn\tAT\r\n',
      ])
    },
    read(bytes) {
      const found = [{ source: 'a.csr', der: new Uint8Array() }]
      matchList([{ name: 'list.csv', bytes }], found, null)
      matchList([{ name: 'list.csv', bytes }], found, 'windows-1252')
    },
  },
  {
    name: 'cfssl-config',
    shape: 'text',
    seeds: async () =>
      json(
        {
          signing: {
            default: { expiry: '8760h' },
            profiles: { client: profile, other: { ...profile, auth_key: 'k' } },
          },
          auth_keys: { k: { type: 'standard', key: '0123' } },
        },
        {
          signing: { profiles: { away: { remote: 'r', auth_remote: { remote: 'r', auth_key: 'k' } } } },
          remotes: { r: 'localhost:1' },
        },
        defaultConfig,
      ),
    async read(bytes) {
      const config = readConfig('ca-config.json', bytes)
      const names = [null, ...Object.keys(config.signing.profiles)]
      await all(...names.slice(0, 10).map((name) => () => profileOf(config, name)))
    },
  },
  {
    name: 'cfssl-request',
    shape: 'text',
    seeds: async () =>
      json(
        {
          CN: 'a',
          hosts: ['', 'a.example', 'a@b.example', '192.0.2.1', 'https://a/'],
          key: { algo: 'ecdsa', size: 256 },
          names: [
            { C: 'AT', O: 'Ä', OID: { '1.2.3': 'x' } },
            { OU: 'b', E: 'a@b' },
          ],
        },
        {
          CN: 'ca',
          key: { algo: 'rsa', size: 2048 },
          ca: { expiry: '43800h', pathlen: 1, backdate: '1h' },
          serialnumber: '1',
          crl_url: 'x',
        },
      ),
    read(bytes) {
      const file = parseFile(CsrFile, 'csr.json', bytes)
      ignoredIn(file)
      return all(
        () => keyAlgorithmOf(file.key),
        () => subjectOf(file),
        () => alternativeNamesOf(file.hosts),
      )
    },
  },
  {
    name: 'cfssl-serials',
    shape: 'text',
    seeds: async () => asText(['1\n22\n0x3f\nAA:BB\n', '# all\n123456789012345678901234567890\n']),
    read: (bytes) =>
      all(
        () => readSerials(bytes.toString(), 'hex'),
        () => readSerials(bytes.toString(), 'decimal'),
        () => readSerials(bytes.toString(), null),
      ),
  },
  {
    name: 'cfssl-answer',
    shape: 'text',
    seeds: async () => asText(pemOfSome({ ...(await seedsOfAll()), 'private-key': [], 'public-key': [] }, 4)),
    async read(bytes) {
      const { certificate } = await seedsOfAll()
      const [issuer = Buffer.alloc(0)] = certificate
      signedCertificate(bytes.toString(), { issuer, spki: certificateKey(issuer), names: null })
    },
  },
  {
    name: 'name-pattern',
    shape: 'text',
    seeds: async () =>
      asText([
        '^[a-z0-9-]+\\.example\\.com$\nhost.example.com',
        '(?i)(a|b)*c{2,5}?\naabbcc',
        '[[:alpha:]]+\\pL\\PN\\Q.*\\E\nabcx.*',
        '(?P<name>x+)+(?s:.)\nxxxxxxxxxxxxxxxxxxxxxxxxxy',
      ]),
    read(bytes) {
      const [expression = '', ...rest] = bytes.toString().split('\n')
      namePattern(expression.slice(0, 4096)).allows(rest.join('\n').slice(0, 255))
    },
  },
  {
    name: 'handshake',
    shape: 'bytes',
    seeds: handshakes,
    read(input) {
      const [server, client] = streamsOf(input)
      readHandshake(server, client, keyLog13)
    },
  },
  {
    name: 'handshake-1.3',
    shape: 'bytes',
    seeds: async () => (await seedsOfAll()).certificate.slice(0, 4).map(messages13),
    read: (messages) => readHandshake(flight13(messages.subarray(0, 16_000)), Buffer.alloc(0), keyLog13),
  },
  {
    name: 'answer',
    shape: 'text',
    seeds: answers,
    async read(input) {
      const { attempt } = await presentAnswer({
        raw: answerOf(input),
        timings,
        tls: null,
        proxy: null,
        askedForHttp1: false,
        answeredAt: new Date(0),
        keys: tokenKeys,
      })
      Attempt.parse(attempt)
    },
  },
  {
    name: 'token',
    shape: 'text',
    seeds: tokens,
    read: async (input) => TokenView.nullable().parse(await readToken(tokenOf(input), tokenKeys)),
  },
  {
    name: 'token-keys',
    shape: 'text',
    seeds: async () => json({ keys: [jwk], public_cert: { kid: 'k', cert: 'x' } }, { keys: [] }),
    read: async (input) => TokenView.nullable().parse(await readToken(await goodToken(), keysFrom(input))),
  },
]
