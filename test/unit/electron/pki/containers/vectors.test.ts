import { execFile } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { extname, join, relative } from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, it } from 'vitest'
import { openFile } from '#electron/pki/containers/open'
import type { OpenedFile } from '#electron/pki/containers/opened'
import { readCrl } from '#electron/pki/crl/read'
import { inspectFile } from '#electron/pki/describe/inspect'
import { describeKey } from '#electron/pki/keys'
import { readRequest } from '#electron/pki/request'
import { certificateKey } from '#electron/pki/x509/read'
import { errorCodes, isAppError } from '#shared/errors'
import { InspectedFile } from '#shared/model/details'
import { everyTable } from '../../../../vectors'
import { vectorsFolder as root } from '../../../../vectors/package'

const pkits = join(root, 'x509/PKITS_data')

async function open(path: string, password: string | null): Promise<OpenedFile> {
  return openFile({ name: path, bytes: readFileSync(path), password })
}

/** The objects of a file in the words of the tables, sorted. */
async function objectsIn(file: OpenedFile): Promise<string[]> {
  const requests = await Promise.all(file.requests.map((der) => readRequest(der)))
  return [
    ...file.certificates.map(({ der }) => `certificate ${describeKey(certificateKey(der))}`),
    ...file.keys.map(({ spki }) => `key ${describeKey(spki)}`),
    ...requests.map(({ spki }) => `request ${describeKey(spki)}`),
    ...file.crls.map((der) => `CRL of ${readCrl(der).count}`),
    ...file.publicKeys.map((spki) => `public key ${describeKey(spki)}`),
    ...file.failures.map(({ code }) => `failed ${code}`),
  ].sort()
}

/** "2 × certificate RSA 2048, key EC P-256" as a sorted list of three. */
function listed(outcome: string): string[] {
  return outcome
    .split(', ')
    .flatMap((part) => {
      const [, count = '1', what = part] = /^(\d+) × (.*)$/u.exec(part) ?? []
      return Array.from({ length: Number(count) }, () => what)
    })
    .sort()
}

/** SubjectPublicKeyInfo as openssl derives it, in hex. */
async function publicHalf(path: string, password: string): Promise<string> {
  const form = path.endsWith('.der') ? 'DER' : 'PEM'
  const options = ['-in', path, '-inform', form, '-passin', `pass:${password}`, '-pubout', '-outform', 'DER']
  const { stdout } = await promisify(execFile)('openssl', ['pkey', ...options], { encoding: 'buffer' })
  return stdout.toString('hex')
}

const isCode = (word: string) => errorCodes.some((code) => code === word)

async function meets(path: string, password: string | null, outcome: string): Promise<void> {
  const [code = '', words = ''] = outcome.split(': ')
  if (isCode(code)) {
    await expect(open(path, password)).rejects.toMatchObject({ code })
    const error = await open(path, password).catch((reason: unknown) => reason)
    expect(isAppError(error) ? (error.detail ?? '') : '').toContain(words)
  } else expect(await objectsIn(await open(path, password))).toEqual(listed(outcome))
}

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (path === pkits) return []
    return entry.isDirectory() ? filesUnder(path) : [path]
  })
}

const endings = new Set(['.p12', '.p7b', '.pem', '.der', '.key', '.pub', '.crt', '.cer', '.crl', '.csr'])
const rows = Object.values(everyTable).flat()

describe.runIf(process.platform === 'linux')('the vectors of pyca/cryptography', () => {
  beforeAll(() => {
    if (!existsSync(root)) throw new Error('python3-cryptography-vectors is not installed.')
  })

  it('each have one row', () => {
    const folders = ['asymmetric', 'pkcs12', 'pkcs7', 'x509'].map((name) => join(root, name))
    const files = folders.flatMap(filesUnder).filter((path) => endings.has(extname(path)))
    expect(rows.map(([file]) => file).sort()).toEqual(files.map((path) => relative(root, path)).sort())
  })

  it('hold what the tables say, or are refused for the reason they say', async () => {
    for (const [file, outcome, { password = null } = {}] of rows) {
      await meets(join(root, file), password, outcome).catch((error: unknown) => {
        throw new Error(`${file}: ${outcome}`, { cause: error })
      })
    }
  })

  it('hold the keys that openssl finds in them', async () => {
    const plain = rows.filter(([file, outcome]) => outcome.startsWith('key ') && /\.(pem|der)$/u.test(file))
    expect(plain.length).toBeGreaterThanOrEqual(40)
    for (const [file, , { password = '' } = {}] of plain) {
      const [key] = (await open(join(root, file), password === '' ? null : password)).keys
      const found = await publicHalf(join(root, file), password)
      expect(Buffer.from(key?.spki ?? []).toString('hex'), file).toBe(found)
    }
  })

  it('pair keys with certificates', async () => {
    const both = rows.filter(([, outcome]) => /certificate.*key/u.test(outcome))
    expect(both.length).toBeGreaterThan(15)
    for (const [file, , { password = null } = {}] of both) {
      const { keys, certificates } = await open(join(root, file), password)
      const [key] = keys.map(({ spki }) => Buffer.from(spki).toString('hex'))
      expect(
        certificates.map(({ der }) => Buffer.from(certificateKey(der)).toString('hex')),
        file,
      ).toContain(key)
    }
  })

  it('never open with a wrong password, and never blame anything else', async () => {
    const locked = rows.filter(
      ([, outcome, more]) => more?.password !== undefined && !isCode(outcome.split(': ')[0] ?? ''),
    )
    expect(locked.length).toBeGreaterThan(30)
    for (const [file] of locked) {
      await meets(join(root, file), 'not the password', 'wrong-password')
      await meets(join(root, file), null, 'password-needed')
    }
  })

  it('are described, however odd they are', async () => {
    for (const [file, outcome, { password = null } = {}] of rows) {
      const bytes = readFileSync(join(root, file))
      const { objects, failures } = InspectedFile.parse(await inspectFile({ name: file, bytes, password }))
      expect(objects.length + failures.length, file).toBe(
        isCode(outcome.split(': ')[0] ?? '') ? 1 : listed(outcome).length,
      )
    }
  })

  it('PKITS: every certificate, CRL and PKCS#12 file opens', async () => {
    const inside = (folder: string) => readdirSync(join(pkits, folder)).map((name) => join(pkits, folder, name))
    for (const path of inside('certs')) expect((await open(path, null)).certificates, path).toHaveLength(1)
    for (const path of inside('crls')) expect((await open(path, null)).crls, path).toHaveLength(1)
    for (const path of inside('pkcs12')) {
      const { keys, certificates, failures } = await open(path, 'password')
      // The section on signatures has some keys of a kind that Access has no use for.
      const refused = failures.map(({ code, detail }) => `${code}: ${detail}`)
      if (keys.length === 0) expect(refused, path).toEqual(['unsupported-algorithm: a key of type DSA'])
      else expect([keys.length, refused.length], path).toEqual([1, 0])
      expect(certificates.length, path).toBeGreaterThan(0)
    }
  })
})
