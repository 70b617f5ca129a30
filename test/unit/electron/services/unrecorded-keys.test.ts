import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { openLocalDatabase } from '#electron/database/local'
import { decodePem } from '#electron/pki/containers/pem'
import { certificateSha256 } from '#electron/pki/x509/read'
import { findUnrecordedKeys } from '#electron/services/unrecorded-keys'
import { openOffice, passphrase } from '../../../support/authorities'
import { defineOperation, line } from '../../../support/define-operation'
import { temporaryFolder } from '../../../support/home'

let office: ReturnType<typeof openOffice>
beforeEach(() => {
  office = openOffice(temporaryFolder())
})

const folder = () => join(office.home, 'vault')
const beside = (id: string) => join(folder(), `issuer-certificate-${id}.pem`)
const pems = () => readdirSync(folder()).filter((name) => name.endsWith('.pem'))
const unrecorded = (database = office.database) => findUnrecordedKeys(office.vault, database)

describe('an issuer’s certificate', () => {
  it('lies beside its sealed key, and goes with it', async () => {
    const { id, sha256 } = await office.create('Acme Client CA')
    const [block] = decodePem((await office.vault.certificate(id)) ?? '')
    expect(certificateSha256(block?.der ?? new Uint8Array())).toBe(sha256)
    await office.authorities.setPassphrase(id, passphrase, 'another passphrase')
    expect(pems()).toEqual([`issuer-certificate-${id}.pem`])
    await office.vault.delete('authority-key', id)
    expect(pems()).toEqual([])
  })

  it('is put beside the keys of an earlier version, once', async () => {
    const { id } = await office.create('Acme Client CA')
    rmSync(beside(id))
    await office.authorities.keepCertificates()
    expect(await office.vault.certificate(id)).toContain('BEGIN CERTIFICATE')
    writeFileSync(beside(id), 'as it was found')
    await office.authorities.keepCertificates()
    expect(await office.vault.certificate(id)).toBe('as it was found')
  })

  it('is set aside with the keys when a person starts afresh', async () => {
    const { id } = await office.create('Acme Client CA')
    await office.vault.lock()
    office.keyring.entries.clear()
    expect(await office.vault.unlock(null)).toMatchObject({ state: 'key-lost' })
    await office.vault.startAfresh()
    expect(pems()).toEqual([])
    const aside = readdirSync(folder()).find((name) => name.startsWith('set-aside-')) ?? ''
    expect(readdirSync(join(folder(), aside))).toContain(`issuer-certificate-${id}.pem`)
  })
})

describe('keys without records', () => {
  it('are counted, and issuers named, when the database is another one', async () => {
    const { id } = await office.create('Acme Client CA')
    await office.request('Ada Lovelace')
    await office.request('Grace Hopper')
    expect(await unrecorded()).toEqual({ certificateKeys: 0, issuers: [] })
    const fresh = openLocalDatabase(temporaryFolder())
    expect(await unrecorded(fresh)).toEqual({ certificateKeys: 2, issuers: [{ id, name: 'Acme Client CA' }] })
    writeFileSync(beside(id), 'damaged')
    expect(await unrecorded(fresh)).toEqual({ certificateKeys: 2, issuers: [{ id, name: null }] })
    rmSync(beside(id))
    expect(await unrecorded(fresh)).toEqual({ certificateKeys: 2, issuers: [{ id, name: null }] })
    expect(await office.vault.ids('private-key')).toHaveLength(2)
  })

  it('are not those whose record is just being written', async () => {
    const seen: unknown[] = []
    const sealing = defineOperation<{ identity: string }>(office.operations, { kind: 'install' })
    const step = {
      name: 'secret',
      async run({ identity }: { identity: string }) {
        await office.vault.seal('private-key', identity, Buffer.from('key'))
        seen.push(await unrecorded())
      },
    }
    await sealing.perform({ identity: '5f0c3e1a-8d5b-4b7e-9f67-0f6c2f4b9a11' }, [step], { line })
    expect(seen).toEqual([{ certificateKeys: 0, issuers: [] }])
    expect(await unrecorded()).toEqual({ certificateKeys: 1, issuers: [] })
  })
})
