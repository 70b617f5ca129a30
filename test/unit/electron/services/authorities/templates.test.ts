import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AuthorityId } from '#shared/model/ids'
import { IssueTemplateDraft } from '#shared/model/issue-template'
import { type Office, openOffice } from '../../../../support/authorities'
import { temporaryFolder } from '../../../../support/home'

let office: Office
beforeEach(() => {
  office = openOffice(temporaryFolder())
})
afterEach(() => office.close())

const draft = (name: string, changes: object = {}) =>
  IssueTemplateDraft.parse({ id: null, name, authority: null, days: 90, names: { subject: {} }, ...changes })
const saved = async () => (await office.authorities.templates.list()).map(({ name }) => name)

describe('templates for issuing', () => {
  it('are kept by name, changed, deleted, and brought back', async () => {
    const { templates } = office.authorities
    const staff = await templates.save(draft('Staff', { names: { subject: { organization: 'Acme' } } }))
    await templates.save(draft('devices'))
    expect(await saved()).toEqual(['devices', 'Staff'])
    await templates.save({ ...staff, name: 'Everybody', days: 30 })
    expect((await templates.list())[1]).toEqual({ ...staff, name: 'Everybody', days: 30 })
    await templates.remove(staff.id)
    expect(await saved()).toEqual(['devices'])
    await templates.save(staff)
    expect((await templates.list())[1]).toEqual(staff)
  })

  it('have one name each, in whatever letters', async () => {
    const { templates } = office.authorities
    await templates.save(draft('Staff'))
    await expect(templates.save(draft('STAFF'))).rejects.toMatchObject({ code: 'invalid-input' })
    expect(await saved()).toEqual(['Staff'])
  })

  it('stay for every issuer when theirs is deleted', async () => {
    const { templates } = office.authorities
    const gone = AuthorityId.parse('5f0c3e1a-8d5b-4b7e-9f67-0f6c2f4b9a11')
    await expect(templates.save(draft('Staff', { authority: gone }))).rejects.toMatchObject({ code: 'not-found' })
    const root = await office.create('Acme Root')
    await templates.save(draft('Staff', { authority: root.id }))
    expect((await templates.list())[0]?.authority).toBe(root.id)
    await office.authorities.delete(root.id, 'Acme Root')
    expect((await templates.list())[0]?.authority).toBeNull()
  })
})
