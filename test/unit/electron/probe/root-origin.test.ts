import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { rootCertificates } from 'node:tls'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { certificatesIn } from '#electron/pki/x509/pem'
import { rootOriginOf } from '#electron/probe/root-origin'
import { type RootList, readRoots } from '#electron/probe/roots'
import type { RootOrigin } from '#shared/model/attempt'
import { derOf } from '../../../support/certificates'
import { temporaryFolder } from '../../../support/home'
import { openWorkshop, type Workshop } from '../../../support/openssl'

let workshop: Workshop
const now = new Date(Date.now() + 3_600_000)
const authority = 'basicConstraints = critical, CA:true'

beforeAll(async () => {
  workshop = await openWorkshop()
  for (const root of ['one', 'two']) await make(root, null, authority)
  await make('between', 'one', authority)
  await make('leaf', 'between', 'subjectAltName = DNS:a.example')
  // The same name and another key: a root that signed nothing here.
  await make('one-again', null, authority, 'one')
})
afterAll(() => workshop.remove())

async function make(name: string, issuer: string | null, extension: string, subject = name): Promise<void> {
  await workshop.openssl('ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', `${name}.key`)
  await workshop.openssl('req', '-new', '-key', `${name}.key`, '-subj', `/CN=${subject}`, '-out', `${name}.csr`)
  await workshop.write(`${name}.ext`, `${extension}\n`)
  const by =
    issuer === null
      ? ['-signkey', `${name}.key`]
      : ['-CA', `${issuer}.pem`, '-CAkey', `${issuer}.key`, '-CAcreateserial']
  const files = ['-in', `${name}.csr`, '-extfile', `${name}.ext`, '-out', `${name}.pem`]
  await workshop.openssl('x509', '-req', ...files, ...by, '-days', '9')
}

const der = async (name: string) => derOf(await workshop.read(`${name}.pem`))
const list = async (origin: RootOrigin, ...names: string[]): Promise<RootList> => ({
  origin,
  certificates: await Promise.all(names.map(der)),
})
const chain = () => Promise.all(['leaf', 'between'].map(der))

it('names the list that holds the root', async () => {
  const lists = [await list('public', 'two'), await list('administrator', 'one')]
  expect(rootOriginOf(await chain(), lists, now)).toBe('administrator')
  // Asked again, it is not judged again.
  expect(rootOriginOf(await chain(), lists, now)).toBe('administrator')
})

it('prefers the first list where several hold it', async () => {
  const lists = [await list('public', 'one'), await list('given', 'one')]
  expect(rootOriginOf(await chain(), lists, now)).toBe('public')
})

it('takes a signature for proof, not a name', async () => {
  const lists = [await list('public', 'one-again'), await list('system', 'one')]
  expect(rootOriginOf(await chain(), lists, now)).toBe('system')
})

it('names none where no root leads to the server, and for what cannot be read', async () => {
  const lists = [await list('public', 'two')]
  expect(rootOriginOf(await chain(), lists, now)).toBeNull()
  expect(rootOriginOf([], lists, now)).toBeNull()
  expect(rootOriginOf([Uint8Array.of(1, 2, 3)], lists, now)).toBeNull()
})

it('tells an administrator’s root from one that the distribution alone has', async () => {
  const folder = temporaryFolder()
  const bundle = join(folder, 'bundle.crt')
  const added = join(folder, 'added')
  mkdirSync(join(added, 'acme'), { recursive: true })
  const [one, two] = [String(await workshop.read('one.pem')), String(await workshop.read('two.pem'))]
  writeFileSync(bundle, [rootCertificates[0], one, two].join('\n'))
  writeFileSync(join(added, 'acme', 'root.crt'), one)
  writeFileSync(join(added, 'notes.txt'), 'no certificate')
  const roots = readRoots([join(folder, 'absent.crt'), bundle], [join(folder, 'absent'), added])
  expect(roots.from).toContain(bundle)
  expect(roots.certificates).toHaveLength(rootCertificates.length + 2)
  expect(roots.lists()).toEqual([
    { origin: 'public', certificates: rootCertificates.flatMap(certificatesIn) },
    { origin: 'administrator', certificates: [await der('one')] },
    { origin: 'system', certificates: [await der('two')] },
  ])
})

it('has Mozilla’s list where the system has no bundle', () => {
  const roots = readRoots([], [])
  expect(roots.certificates).toEqual(rootCertificates)
  expect(roots.lists().flatMap(({ certificates }) => certificates)).toHaveLength(rootCertificates.length)
})
