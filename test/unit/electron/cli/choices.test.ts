import { expect, it } from 'vitest'
import { chooseAll, type IssueOptions } from '#electron/cli/ca/choices'
import { RequestPreview } from '#shared/model/authority'
import { IssueTemplate } from '#shared/model/issue-template'

const template = IssueTemplate.parse({
  id: '5f0c3e1a-8d5b-4b7e-9f67-0f6c2f4b9a11',
  name: 'Staff',
  authority: null,
  days: 90,
  names: { subject: { organization: 'Acme' }, emails: ['{name}@acme.example'] },
})

function request(row: number, commonName: string, refusal: string | null = null) {
  const subject = { commonName, organization: 'Elsewhere' }
  const requested = { subject: `CN=${commonName}`, commonName, alternatives: [], leftOut: [], refusal, notes: [] }
  return RequestPreview.parse({
    ...{ row, source: `${row}.csr`, keyCode: 'K7QD-2M5A-XWPL-3ROB', listedKeyCode: null, publicKey: 'RSA 2048' },
    ...{ requested, listed: null, form: { subject, emails: [], dnsNames: [] }, extensions: [], refusal: null },
  })
}

const options = (changes: Partial<IssueOptions>): IssueOptions => ({
  ...{ csv: [], email: [], dns: [], days: '365', organization: '', unit: '', locality: '', state: '', country: '' },
  ...changes,
})
const choose = (rows: RequestPreview[], changes: Partial<IssueOptions>) =>
  chooseAll(rows, options(changes), { template, days: 90 })

it('fills the requester’s Common Name into a template, and leaves out what that gives no names for', () => {
  const rows = [request(0, 'Ada Lovelace'), request(1, '山田'), request(2, 'x', 'It has a hidden character.')]
  const { choices, refused, undecided } = choose(rows, { acceptSubject: true })
  expect(choices).toMatchObject([
    { row: 0, days: 90, names: { subject: { organization: 'Acme' }, emails: ['ada.lovelace@acme.example'] } },
  ])
  expect(refused.map(({ source, reason }) => [source, reason.split(':')[0]])).toEqual([
    ['1.csr', expect.stringContaining('The template produces an invalid name')],
    ['2.csr', expect.stringContaining('hidden character')],
  ])
  expect(undecided).toEqual([])
})

it('lets options come first, and never decides on a name by itself', () => {
  const [ada] = [request(0, 'Ada')]
  const { choices } = choose([ada], { cn: 'Countess', organization: 'Other', email: ['a@b.example'] })
  expect(choices[0]?.names).toMatchObject({
    subject: { commonName: 'Countess', organization: 'Other' },
    emails: ['a@b.example'],
  })
  expect(choose([ada], {}).undecided).toEqual([ada])
})
