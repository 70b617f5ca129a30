import { afterAll, describe, expect, it } from 'vitest'
import { backupsWithin, issuersWithin } from '#electron/services/within-policy'
import { IssueTemplateDraft } from '#shared/model/issue-template'
import { passphrase } from '../../../support/authorities'
import { backupComputer, backupPassphrase, gather } from '../../../support/backups'
import { named } from '../../../support/certificates'
import { temporaryFolder } from '../../../support/home'
import { policyWith } from '../../../support/policy'

const office = backupComputer(temporaryFolder())
afterAll(() => office.close())

const refused = async (act: () => unknown) => expect(async () => act()).rejects.toMatchObject({ code: 'managed' })

describe('hidden issuers', () => {
  const { keysForOthers, templates, ...authorities } = issuersWithin(
    policyWith({ hide: ['issuers'] }),
    office.authorities,
  )
  const staff = IssueTemplateDraft.parse({
    id: null,
    name: 'Staff',
    authority: null,
    days: 90,
    names: { subject: named('{name}'), emails: [], dnsNames: [] },
  })

  it('can be read, and their keys do not leave', async () => {
    const root = await office.create('Acme Root')
    expect(await authorities.list()).toMatchObject([{ id: root.id }])
    await refused(() => authorities.export(root.id, { passphrase, password: 'battery staple' }, async () => true))
  })

  it('have templates that can be read, and not changed', async () => {
    const saved = await office.authorities.templates.save(staff)
    expect(await templates.list()).toEqual([saved])
    await refused(() => templates.save({ ...staff, name: 'Guests' }))
    await refused(() => templates.remove(saved.id))
    expect(await templates.list()).toEqual([saved])
  })

  it('make no keys for other people, and the switch for it stays as it is', async () => {
    await refused(() => keysForOthers.allow(true))
    expect(await keysForOthers.isAllowed()).toBe(false)
  })
})

describe('keys that must not leave', () => {
  const policy = policyWith({ forbid: ['key-export'] })

  it('leave in no backup', async () => {
    await refused(() =>
      backupsWithin(policy, office.backups).make({ passphrase: backupPassphrase, withIssuerKeys: true }, gather),
    )
  })

  it('are not missed in one', async () => {
    await office.request('Ada')
    expect(await office.backups.state()).toMatchObject({ keys: 1, remind: true })
    expect(await backupComputer(office.home, policy).backups.state()).toMatchObject({ keys: 1, remind: false })
  })
})
