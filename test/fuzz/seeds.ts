import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { classify, type DerKind } from '#electron/pki/containers/classify'
import { decodePem, encodePem } from '#electron/pki/containers/pem'
import { encodeAll, ifReadable, integer, tags } from '#electron/pki/der'
import { makeSmallPki } from '../support/certificates'
import { crlEntry, extension, forgeCrl, nameOf } from '../support/forge'
import { openWorkshop, type Workshop } from '../support/openssl'
import { general, handmadeRequest } from '../support/requests'
import { defects, forgePki, keys, type SmallPki } from '../support/small-pkis'
import { vectorsFolder } from '../vectors/package'

export const password = 'password'

/** One small well-formed file of everything, by what it is. DER. */
export type Seeds = Record<DerKind, Buffer[]>

let made: Promise<Seeds> | null = null

/** Made once in a process. */
export const seedsOfAll = (): Promise<Seeds> => {
  made ??= makeSeeds()
  return made
}

/** Files of somebody else's are long enough with this; more would only be changed in places that do not matter. */
const MAX_SEED = 8 * 1024

async function makeSeeds(): Promise<Seeds> {
  const workshop = await openWorkshop()
  try {
    const files = [...(await ownFiles()), ...(await opensslFiles(workshop)), ...vectors()]
    const seeds: Partial<Seeds> = {}
    for (const file of files.filter(({ length }) => length <= MAX_SEED)) {
      const kind = ifReadable(() => classify(file))
      if (kind !== null) seeds[kind] = [...(seeds[kind] ?? []), file]
    }
    const none: Record<DerKind, Buffer[]> = {
      certificate: [],
      request: [],
      crl: [],
      pkcs12: [],
      pkcs7: [],
      'encrypted-key': [],
      'private-key': [],
      'public-key': [],
      'rsa-public-key': [],
      'dsa-public-key': [],
      parameters: [],
      'unsigned-certificate': [],
      'ocsp-request': [],
      'ocsp-response': [],
    }
    return { ...none, ...seeds }
  } finally {
    await workshop.remove()
  }
}

/** With the makers of the tests: names and extensions that openssl does not write. */
async function ownFiles(): Promise<Buffer[]> {
  const { client, intermediate, root } = await makeSmallPki(new Date())
  const names = [
    general.email('a@b.example'),
    general.dns('*.example'),
    general.uri('https://a.example/'),
    general.ip(192, 0, 2, 1),
    general.directory(nameOf('Somebody')),
    general.registered('1.2.3.4'),
    general.principal('a@b'),
    general.edi(),
  ]
  const entries = [1, 2, 300].map((serial) =>
    crlEntry(integer(serial), [extension('2.5.29.21', false, Buffer.of(0x0a, 1, 1))]),
  )
  const crl = await forgeCrl({
    issuer: nameOf('Small Root'),
    signedBy: root,
    entries,
    extensions: [extension('2.5.29.20', false, integer(7))],
  })
  const small = await smallPkis()
  return [
    client.certificate,
    client.requestDer,
    client.pkcs8,
    client.spki,
    intermediate.certificate,
    root.certificate,
    handmadeRequest({ subject: nameOf('Asking'), alternatives: names }),
    crl,
    ...small.flatMap(({ leaf, issuers, crls }) => [leaf, ...issuers, ...crls]),
  ].map((der) => Buffer.from(der))
}

/** Paths of every shape, and one with each defect that a rule is for. */
export async function smallPkis(): Promise<SmallPki[]> {
  const pool = keys()
  const shape = {
    intermediates: 2,
    limitsLength: true,
    namesUses: true,
    namesKeyUsage: true,
    constrainsNames: true,
    edgeDates: false,
    withCrls: true,
  }
  return Promise.all([null, ...defects].map((defect) => forgePki(shape, pool, defect, 1)))
}

/** Leaf, issuers, anchors and CRLs of a path as one file, so that its parts can be changed and exchanged. */
export const packPki = ({ leaf, issuers, anchors, crls }: SmallPki): Buffer =>
  Buffer.from(encodeAll(tags.sequence, [leaf, ...[issuers, anchors, crls].map((all) => encodeAll(tags.sequence, all))]))

/** What openssl writes of one key: each container, with and without a password. */
async function opensslFiles({ openssl, path, folder }: Workshop): Promise<Buffer[]> {
  await openssl(
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-keyout',
    'a.key',
    '-subj',
    '/C=AT/O=Ä/CN=a',
    '-addext',
    'subjectAltName=DNS:a.example,IP:192.0.2.1',
    '-out',
    'a.pem',
  )
  await openssl('genpkey', '-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:1024', '-out', 'rsa.key')
  await openssl('genpkey', '-algorithm', 'ED25519', '-out', 'ed.key')
  const der = ['-outform', 'DER', '-out']
  const given = ['-passout', `pass:${password}`, '-iter', '10']
  for (const key of ['a', 'rsa', 'ed']) {
    await openssl('pkcs8', '-topk8', '-in', `${key}.key`, ...given, ...der, `${key}-pbes2.der`)
    await openssl('pkcs8', '-topk8', '-nocrypt', '-in', `${key}.key`, ...der, `${key}-plain.der`)
    await openssl('pkey', '-in', `${key}.key`, '-pubout', ...der, `${key}-public.der`)
  }
  await openssl(
    'pkcs8',
    '-topk8',
    '-scrypt',
    '-scrypt_N',
    '16',
    '-in',
    'a.key',
    '-passout',
    `pass:${password}`,
    ...der,
    'scrypt.der',
  )
  await openssl('pkcs8', '-topk8', '-v1', 'PBE-SHA1-3DES', '-in', 'a.key', ...given, ...der, 'pbes1.der')
  await openssl('ec', '-in', 'a.key', ...der, 'sec1.der')
  await openssl('ec', '-in', 'a.key', '-param_enc', 'explicit', ...der, 'explicit.der')
  await openssl('rsa', '-in', 'rsa.key', '-traditional', ...der, 'rsa1.der')
  await openssl('rsa', '-in', 'rsa.key', '-RSAPublicKey_out', ...der, 'rsa-public1.der')
  const pfx = ['pkcs12', '-export', '-inkey', 'a.key', '-in', 'a.pem', ...given, '-name', 'a', '-out']
  await openssl(...pfx, 'all.p12')
  await openssl(...pfx, 'plain.p12', '-nomac', '-keypbe', 'NONE', '-certpbe', 'NONE')
  await openssl(...pfx, 'nomac.p12', '-nomac')
  await openssl(...pfx, 'old.p12', '-keypbe', 'PBE-SHA1-3DES', '-certpbe', 'PBE-SHA1-3DES', '-macalg', 'sha1')
  await openssl('crl2pkcs7', '-nocrl', '-certfile', 'a.pem', ...der, 'certs.p7b')
  await openssl(
    'cms',
    '-sign',
    '-in',
    'a.pem',
    '-signer',
    'a.pem',
    '-inkey',
    'a.key',
    '-nodetach',
    '-binary',
    ...der,
    'signed.p7m',
  )
  await openssl(
    'cms',
    '-sign',
    '-stream',
    '-indef',
    '-in',
    'a.pem',
    '-signer',
    'a.pem',
    '-inkey',
    'a.key',
    '-nodetach',
    ...der,
    'ber.p7m',
  )
  return readdirSync(folder)
    .filter((name) => /\.(?:der|p12|p7b|p7m)$/u.test(name))
    .map((name) => readFileSync(path(name)))
}

/** Everybody's odd files, where the package is installed. */
function vectors(): Buffer[] {
  return [
    'x509',
    'x509/custom',
    'x509/custom/ca',
    'x509/requests',
    'x509/ocsp',
    'pkcs12',
    'pkcs7',
    'asymmetric/PKCS8',
    'asymmetric/DER_Serialization',
    'asymmetric/EC',
    'asymmetric/Traditional_OpenSSL_Serialization',
    'asymmetric/public',
  ]
    .map((folder) => join(vectorsFolder, folder))
    .filter(existsSync)
    .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
    .filter((path) => statSync(path).isFile())
    .flatMap((path) => {
      const bytes = readFileSync(path)
      if (!bytes.includes('-----BEGIN')) return [bytes]
      return ifReadable(() => decodePem(bytes.toString('latin1')).map(({ der }) => Buffer.from(der))) ?? []
    })
}

const labels: Partial<Record<DerKind, string>> = {
  certificate: 'CERTIFICATE',
  request: 'CERTIFICATE REQUEST',
  crl: 'X509 CRL',
  pkcs7: 'PKCS7',
  pkcs12: 'PKCS12',
  'encrypted-key': 'ENCRYPTED PRIVATE KEY',
  'private-key': 'PRIVATE KEY',
  'public-key': 'PUBLIC KEY',
}

/** Some of each kind as PEM. */
export function pemOfSome(seeds: Seeds, count: number): string[] {
  return Object.entries(labels).flatMap(([kind, label]) =>
    seeds[kind as DerKind].slice(0, count).map((der) => encodePem(label, der)),
  )
}
