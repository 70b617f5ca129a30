import { mkdir } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openFile } from '#electron/pki/containers/open'
import { type ForeignKind, type Held, heldIn, makeForeignKey } from '../../../../support/foreign-keys'
import { openWorkshop, type Workshop } from '../../../../support/openssl'

/** What Firefox and Chrome export: NSS writes with 600,000 rounds, so each cipher is met once, with one kind of key. */
const kinds: ForeignKind[] = ['rsa', 'p-256', 'p-384', 'p-521']
const password = 'pässwörd €'
let workshop: Workshop
const made = new Map<ForeignKind, Held>()
beforeAll(async () => {
  workshop = await openWorkshop()
  await workshop.write('password', password)
  await mkdir(workshop.path('nss'))
  await workshop.run('certutil', ['-N', '-d', 'sql:nss', '--empty-password'])
  for (const kind of kinds) {
    made.set(kind, await makeForeignKey(workshop, kind))
    const files = ['-inkey', `${kind}.key`, '-in', `${kind}.pem`, '-out', 'in.p12', '-passout', 'file:password']
    await workshop.openssl('pkcs12', '-export', ...files, '-name', kind)
    await workshop.run('pk12util', ['-i', 'in.p12', '-d', 'sql:nss', '-w', 'password'])
  }
})
afterAll(() => workshop.remove())

describe('exported by NSS', () => {
  const rc2 = 'PKCS #12 V2 PBE With SHA-1 And 40 Bit RC2 CBC'
  const ways: [string, ForeignKind, string[]][] = [
    ['its defaults (AES-256 and AES-128)', 'p-521', []],
    ['AES-192', 'p-384', ['-c', 'AES-192-CBC', '-C', 'AES-192-CBC']],
    ['AES-128, the certificate in the open', 'p-256', ['-c', 'AES-128-CBC', '-C', 'none']],
    ['3DES and RC2-128', 'rsa', ['-c', 'DES-EDE3-CBC', '-C', 'RC2-CBC']],
    ['RC2-40, a MAC with SHA-1', 'p-256', ['-c', rc2, '-C', rc2, '-M', 'SHA-1']],
  ]
  it.each(ways)('%s (%s)', async (_, kind, ciphers) => {
    await workshop.run('pk12util', ['-o', 'out.p12', '-n', kind, '-d', 'sql:nss', '-w', 'password', ...ciphers])
    const opened = await openFile({ name: 'out.p12', bytes: await workshop.read('out.p12'), password })
    expect(heldIn(opened)).toEqual(made.get(kind))
  })
})
