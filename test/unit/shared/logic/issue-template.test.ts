import { describe, expect, it } from 'vitest'
import { namesByTemplate, setsNames, templateLine, templatesFor } from '#shared/logic/issue-template'
import { RequestDraft } from '#shared/model/identity'
import { IssueTemplateDraft, TemplateNames } from '#shared/model/issue-template'

const names = (changes: object) => ({ names: TemplateNames.parse({ subject: {}, ...changes }) })
const given = (commonName: string, changes: object = {}) => ({
  subject: { commonName, organization: '', organizationalUnit: '', locality: '', state: '', country: '', ...changes },
  emails: [] as string[],
  dnsNames: [] as string[],
})

const staff = names({
  subject: { commonName: '{name} (laptop)', organization: 'Acme', country: 'gb' },
  emails: ['{name}@acme.example', 'it@acme.example'],
  dnsNames: ['{name}.devices.acme.example'],
})

describe('the names of a certificate by a template', () => {
  it('take the Common Name as it is, and into addresses as they can hold it', () => {
    expect(namesByTemplate(staff, given('Ada Lovelace'), true)).toEqual({
      ...given('Ada Lovelace (laptop)', { organization: 'Acme', country: 'GB' }),
      emails: ['ada.lovelace@acme.example', 'it@acme.example'],
      dnsNames: ['ada-lovelace.devices.acme.example'],
    })
  })

  it.each([
    ['Zoë Müller', 'zoe.muller'],
    ['ada@elsewhere.example', 'ada'],
    ['  R2-D2 ', 'r2.d2'],
    ['Strauß', '{name}'],
    ['山田 太郎', '{name}'],
    ['Ада', '{name}'],
    ['$& $1', '1'],
  ])('never guess an address: %s', (commonName, local) => {
    const [email] = namesByTemplate(staff, given(commonName), true).emails
    expect(email).toBe(`${local}@acme.example`)
  })

  it('are refused as a whole where the name has no plain spelling, also between other words', () => {
    const patterns = { emails: ['staff-{name}@acme.example'], dnsNames: ['host-{name}.acme.example'] }
    const template = { names: { ...staff.names, ...patterns } }
    const { emails, dnsNames } = namesByTemplate(template, given('山田 太郎'), true)
    expect(RequestDraft.shape.emails.safeParse(emails).success).toBe(false)
    expect(RequestDraft.shape.dnsNames.safeParse(dnsNames).success).toBe(false)
    expect(namesByTemplate(template, given('Ada'), true)).toMatchObject({
      emails: ['staff-ada@acme.example'],
      dnsNames: ['host-ada.acme.example'],
    })
  })

  it('are plain text, whatever is in them', () => {
    expect(namesByTemplate(staff, given('$& {name}'), true).subject.commonName).toBe('$& {name} (laptop)')
  })

  it('leave what the administrator decided, and replace what the requester wrote', () => {
    const own = { ...given('Ada', { organization: 'Evil', locality: 'Ulm' }), emails: ['ceo@acme.example'] }
    expect(namesByTemplate(staff, own, true)).toMatchObject({
      subject: { organization: 'Evil', locality: 'Ulm', country: 'GB' },
      emails: ['ceo@acme.example'],
    })
    expect(namesByTemplate(staff, own, false)).toMatchObject({
      subject: { organization: 'Acme', locality: 'Ulm', country: 'GB' },
      emails: ['ada@acme.example', 'it@acme.example'],
    })
  })

  it('stay empty where there is no Common Name', () => {
    expect(namesByTemplate(staff, given(' '), false).subject.commonName).toBe('')
  })
})

it('tells a template that only sets a lifetime from one that sets names', () => {
  expect([setsNames(names({})), setsNames(staff), setsNames(names({ emails: ['{name}@a.example'] }))]).toEqual([
    false,
    true,
    true,
  ])
})

it('says what a template does in one line', () => {
  expect(templateLine({ days: 1, ...names({}) })).toBe('1 day')
  expect(templateLine({ days: 90, ...staff })).toBe(
    '90 days · CN={name} (laptop), O=Acme, C=GB · {name}@acme.example · it@acme.example · {name}.devices.acme.example',
  )
})

it('offers a template to its issuer alone, or to all', () => {
  const all = [{ authority: null }, { authority: 'one' }, { authority: 'other' }]
  expect(templatesFor(all as never, 'one')).toEqual(all.slice(0, 2))
})

it('keeps no pattern that would give every certificate the same name', () => {
  const draft = { id: null, name: 'Staff', authority: null, days: 30 }
  expect(IssueTemplateDraft.safeParse({ ...draft, names: { subject: { commonName: 'Ada' } } }).success).toBe(false)
  expect(IssueTemplateDraft.safeParse({ ...draft, names: { subject: {} } }).success).toBe(true)
})
