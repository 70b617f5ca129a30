import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { type CertificateNames, issueClient } from '#electron/pki/authority/client'
import { openIssuer } from '#electron/pki/authority/issuer'
import { generateKey, keyCodeOf, keySha256 } from '#electron/pki/keys'
import { certificateSha256 } from '#electron/pki/x509/read'
import { viewCertificate } from '#electron/pki/x509/view'
import { Page } from '#shared/model/page'
import { type BackupComputer, backupComputer, makeBackup, restoreBackup } from '../../../support/backups'
import { makeSmallPki, named } from '../../../support/certificates'
import { temporaryFolder } from '../../../support/home'
import { isSoak } from '../../../support/rounds'
import { identityRow } from '../../../support/rows'

/** In soak as many as the largest lists have; the usual number already fills several parts of the file. */
const COUNT = isSoak ? 10_000 : 250

async function fill({ database, vault }: BackupComputer): Promise<void> {
  const { intermediate, root } = await makeSmallPki(new Date())
  const issuer = openIssuer({ issuerCertificate: intermediate.certificate, issuerKey: intermediate.pkcs8 })
  const chain = [intermediate.certificate, root.certificate].map(rowOf)
  const session = await vault.session()
  for (let count = 0; count < COUNT; count += 1) {
    const { spki, pkcs8 } = await generateKey('p-256')
    const names: CertificateNames = { kind: 'decided', subject: named(`person ${count}`), emails: [], dnsNames: [] }
    const der = await issueClient(issuer, { names, spki, days: 90, now: new Date() })
    const row = identityRow(`person ${count}`, {
      keySha256: keySha256(spki),
      keyCode: keyCodeOf(spki),
      requestDer: null,
    })
    await session.seal('private-key', row.id, pkcs8)
    await database.identities.insert(row)
    await database.identities.setCertificate(row.id, rowOf(der), chain, false, new Date().toISOString())
  }
}

function rowOf(der: Uint8Array) {
  const { issuer, notBefore, notAfter } = viewCertificate(der)
  return { sha256: certificateSha256(der), der, issuer, notBefore, notAfter }
}

it(`${COUNT} certificates with their keys go from one computer to another`, { timeout: 3_600_000 }, async () => {
  const [old, fresh] = [backupComputer(temporaryFolder()), backupComputer(temporaryFolder())]
  await fill(old)
  const file = await makeBackup(old)
  const done = await restoreBackup(fresh, file)
  expect(done).toMatchObject({ keys: COUNT, certificates: { added: COUNT, present: 0 } })
  const page = Page.parse({ limit: 200 })
  expect(await fresh.database.identities.list(page)).toEqual(await old.database.identities.list(page))
  const sealed = readdirSync(join(fresh.home, 'vault')).filter((name) => name.startsWith('private-key-'))
  expect(sealed.length).toBe(COUNT)
  const [some] = (await fresh.database.identities.list(page)).rows
  if (some === undefined) throw new Error('nothing restored')
  expect(Buffer.from(await fresh.vault.open('private-key', some.id))).toEqual(
    Buffer.from(await old.vault.open('private-key', some.id)),
  )
  const again = await restoreBackup(fresh, file)
  expect(again).toMatchObject({ keys: 0, certificates: { added: 0, present: COUNT } })
  await old.close()
  await fresh.close()
})
