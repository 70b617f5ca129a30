import { execFile } from 'node:child_process'
import { createHash, X509Certificate } from 'node:crypto'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { InstallOptions } from '#electron/stores/store'

const call = promisify(execFile)

/** A leaf with its key, ready for `CertificateStore.install`. */
export interface StoreFixture {
  sha256: string
  sha1: string
  p12: Buffer
  password: string
  options: InstallOptions
}

export interface StoreFixtures {
  /** Root → intermediate → leaf, X.509 v3, CA:FALSE, clientAuth. */
  ada: StoreFixture
  /** Same subject and issuer as `ada`, its own key. */
  adaOtherKey: StoreFixture
  /** Same subject, issuer and key as `ada`: a renewal. */
  adaRenewed: StoreFixture
  /** The key of `ada` under another name. */
  adaRenamed: StoreFixture
  /** Another person, same issuers. */
  grace: StoreFixture
  /** X.509 v1, which must never be trusted. */
  versionOne: StoreFixture
  /** P-256. */
  elliptic: StoreFixture
  /** Same subject, issuer and key as `elliptic`. */
  ellipticRenewed: StoreFixture
  /** Wrapped with AES-256 and a SHA-256 MAC, which macOS 13 and Windows Server 2016 refuse. */
  modernWrapping: Buffer
  intermediate: X509Certificate
  root: X509Certificate
  folder: string
  remove(): Promise<void>
}

const password = 'cGFzc3dvcmQtZm9yLXRlc3RzLW9ubHk='

/** Makes a small PKI with the openssl command line, in a temporary folder. */
export async function makeStoreFixtures(): Promise<StoreFixtures> {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-fixtures-'))
  const openssl = (...args: string[]) => call('openssl', args, { cwd: folder })
  await mkdir(join(folder, 'made'), { recursive: true })
  await writeFile(join(folder, 'ca.ext'), 'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\n')
  await writeFile(
    join(folder, 'leaf.ext'),
    'basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=clientAuth\n',
  )

  const subject = { root: '/CN=Store Test Root', intermediate: '/CN=Store Test Intermediate' }
  await newKey('root', 'rsa')
  await openssl('req', '-new', '-key', 'root.key', '-subj', subject.root, '-out', 'root.csr')
  await openssl(
    'x509',
    '-req',
    '-in',
    'root.csr',
    '-signkey',
    'root.key',
    '-days',
    '30',
    '-extfile',
    'ca.ext',
    '-out',
    'root.pem',
  )
  await newKey('intermediate', 'rsa')
  await issue('intermediate', 'intermediate', subject.intermediate, 'root', ['-extfile', 'ca.ext'])

  async function newKey(name: string, kind: 'rsa' | 'ec'): Promise<void> {
    const options =
      kind === 'rsa' ? ['RSA', '-pkeyopt', 'rsa_keygen_bits:2048'] : ['EC', '-pkeyopt', 'ec_paramgen_curve:P-256']
    await openssl('genpkey', '-algorithm', ...options, '-out', `${name}.key`)
  }

  async function issue(name: string, key: string, subjectName: string, issuer: string, extra: string[]): Promise<void> {
    await openssl('req', '-new', '-key', `${key}.key`, '-subj', subjectName, '-out', `${name}.csr`)
    const signing = ['-CA', `${issuer}.pem`, '-CAkey', `${issuer}.key`, '-CAcreateserial', '-days', '20']
    await openssl('x509', '-req', '-in', `${name}.csr`, ...signing, ...extra, '-out', `${name}.pem`)
  }

  const issuers = await Promise.all(['intermediate', 'root'].map(certificateOf))
  const [intermediate, root] = issuers
  if (intermediate === undefined || root === undefined) throw new Error('issuers were not made')

  async function certificateOf(name: string): Promise<X509Certificate> {
    return new X509Certificate(await readFile(join(folder, `${name}.pem`)))
  }

  async function fixture(name: string, key: string, subjectName: string, extra: string[]): Promise<StoreFixture> {
    await issue(name, key, subjectName, 'intermediate', extra)
    const label = `${subjectName.slice('/CN='.length)} · Latchkey`
    await wrap(name, key, label, ['-legacy', '-descert', '-macalg', 'sha1'], `${name}.p12`)
    const certificate = (await certificateOf(name)).raw
    return {
      sha256: createHash('sha256').update(certificate).digest('hex'),
      sha1: createHash('sha1').update(certificate).digest('hex'),
      p12: await readFile(join(folder, `${name}.p12`)),
      password,
      options: { label, certificate, chain: issuers.map((one) => one.raw) },
    }
  }

  async function wrap(name: string, key: string, label: string, algorithms: string[], out: string): Promise<void> {
    const files = ['-inkey', `${key}.key`, '-in', `${name}.pem`, '-name', label, '-out', out]
    await openssl('pkcs12', '-export', ...algorithms, ...files, '-passout', `pass:${password}`)
  }

  const v3 = ['-extfile', 'leaf.ext']
  for (const name of ['ada', 'adaOtherKey', 'grace']) await newKey(name, 'rsa')
  await newKey('elliptic', 'ec')
  const made = {
    ada: await fixture('ada', 'ada', '/CN=Ada Lovelace', v3),
    adaOtherKey: await fixture('adaOtherKey', 'adaOtherKey', '/CN=Ada Lovelace', v3),
    adaRenewed: await fixture('adaRenewed', 'ada', '/CN=Ada Lovelace', v3),
    adaRenamed: await fixture('adaRenamed', 'ada', '/CN=Ada King', v3),
    grace: await fixture('grace', 'grace', '/CN=Grace Hopper', v3),
    versionOne: await fixture('versionOne', 'grace', '/CN=Old Version', []),
    elliptic: await fixture('elliptic', 'elliptic', '/CN=Elliptic', v3),
    ellipticRenewed: await fixture('ellipticRenewed', 'elliptic', '/CN=Elliptic', v3),
  }
  await wrap('ada', 'ada', 'modern', [], 'modern.p12')
  const modernWrapping = await readFile(join(folder, 'modern.p12'))
  return {
    ...made,
    modernWrapping,
    intermediate,
    root,
    folder,
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}
