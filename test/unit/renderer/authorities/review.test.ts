import { describe, expect, it } from 'vitest'
import { RequestPreview } from '#shared/model/authority'
import { TemplateNames } from '#shared/model/issue-template'
import { codesIn } from '../../../../renderer/src/screens/authorities/issue/key-code-comparison'
import {
  canBeSigned,
  choicesFrom,
  type Decision,
  type Decisions,
  decisionOn,
  firstNames,
  isRenamed,
  keyOf,
  type Names,
  review,
  unseen,
  willBeSigned,
} from '../../../../renderer/src/screens/authorities/issue/request-review'

const subject = (commonName: string) => ({
  commonName,
  organization: '',
  organizationalUnit: '',
  locality: '',
  state: '',
  country: '',
})

function request(row: number, name: string, changes: Changes = {}, wishes: object = {}) {
  return RequestPreview.parse({
    row,
    source: `${row}.csr`,
    keyCode: 'K7QD-2M5A-XWPL-3ROB',
    listedKeyCode: null,
    publicKey: 'RSA 2048',
    requested: {
      subject: `CN=${name}`,
      commonName: name,
      alternatives: [],
      leftOut: [],
      refusal: null,
      notes: [],
      ...wishes,
    },
    listed: null,
    form: { subject: subject(name), emails: [], dnsNames: [] },
    extensions: [],
    refusal: null,
    ...changes,
  })
}
type Changes = Partial<Record<keyof RequestPreview, unknown>>
const named = (commonName: string, changes: Partial<ReturnType<typeof subject>> = {}): Names => ({
  kind: 'decided',
  subject: { ...subject(commonName), ...changes },
  emails: [],
  dnsNames: [],
})
const decided = (...list: [RequestPreview, Partial<Decision>][]) =>
  new Map(list.map(([one, change]) => [keyOf(one), { ...decisionOn(one, new Map()), ...change }]))

describe('deciding about requests', () => {
  const ada = request(0, 'Ada')
  const grace = request(1, 'Grace')

  it('signs nothing that was not ticked', () => {
    expect(choicesFrom(review([ada, grace], new Map()), 365)).toEqual([])
    const choices = choicesFrom(review([ada, grace], decided([grace, { isChecked: true }])), 30)
    expect(choices).toEqual([{ row: 1, names: { kind: 'as-requested', withoutUnsupported: false }, days: 30 }])
  })

  it('writes the name that the issuer decided, not the one that was asked for', () => {
    const [first] = review([ada], decided([ada, { isChecked: true, names: named('Ada Lovelace') }]))
    if (first === undefined) throw new Error('no row')
    expect(isRenamed(first)).toBe(true)
    expect(choicesFrom([first], 1)).toEqual([{ row: 0, names: named('Ada Lovelace'), days: 1 }])
  })

  it('refuses two certificates with one name until one is changed', () => {
    const twin = request(2, 'ada')
    const same = review([ada, grace, twin], new Map())
    expect(same.map(canBeSigned)).toEqual([false, true, false])
    const apart = review([ada, grace, twin], decided([twin, { names: named('Ada (tablet)') }]))
    expect(apart.map(canBeSigned)).toEqual([true, true, true])
  })

  it('never signs what was refused, nor counts its name against another', () => {
    const bad = request(2, 'Ada', { refusal: 'Its signature does not fit.' })
    const all = review([ada, bad], decided([bad, { isChecked: true }]))
    expect(all.map(({ problem }) => problem)).toEqual([null, 'Its signature does not fit.'])
    expect(choicesFrom(all, 1)).toEqual([])
  })

  it('says what is wrong with a name', () => {
    const [none, long] = review(
      [ada, grace],
      decided([ada, { names: named(' ') }], [grace, { names: named('Grace', { country: 'GBR' }) }]),
    )
    expect(none?.problem).toContain('Enter a name')
    expect(long?.problem).toContain('Two letters')
  })

  it('signs no name that its requester wrote before it was on the screen', () => {
    const listed = request(2, 'Listed', { listed: { subject: subject('Listed'), emails: [], dnsNames: [] } })
    const ticked = decided([ada, { isChecked: true }], [grace, { isChecked: true }], [listed, { isChecked: true }])
    const all = review([ada, grace, listed], ticked)
    expect(unseen(all, new Set())).toBe(2)
    expect(unseen(all, new Set([0]))).toBe(1)
    expect(unseen(all, new Set([0, 1]))).toBe(0)
    expect(unseen(review([ada, grace, listed], new Map()), new Set())).toBe(0)
  })

  const code = 'K7QD-2M5A-XWPL-3ROB'
  const other = 'AAAA-BBBB-CCCC-DDDD'
  const ticked = (requests: RequestPreview[], ticket: string, decisions = decided()) =>
    review(requests, decisions, codesIn(ticket)).map((one) => [one.comparison.kind, willBeSigned(one)])

  it('ticks what matches by another way, which can be unticked, and nothing else', () => {
    expect(ticked([ada], `The code is ${code.toLowerCase().replaceAll('-', ' ')}.`)).toEqual([['matches', true]])
    expect(ticked([ada], code, decided([ada, { isChecked: false }]))).toEqual([['matches', false]])
    expect(ticked([ada], 'no code in here')).toEqual([['no-code', false]])
    expect(ticked([ada], other)).toEqual([['no-code', false]])
    expect(ticked([request(0, 'Ada', { listedKeyCode: code })], '')).toEqual([['matches', true]])
  })

  it('gives a request whose code was said otherwise no working tick', () => {
    const wanted = decided([ada, { isChecked: true }])
    expect(ticked([ada], `Ada: ${other}`, wanted)).toEqual([['differs', false]])
    expect(ticked([ada], `0.csr,${other}`, wanted)).toEqual([['differs', false]])
    expect(ticked([request(0, 'Ada', { listedKeyCode: other })], code)).toEqual([['differs', false]])
  })

  it('takes no code that was said of somebody else', () => {
    const swapped = request(1, 'Grace', { keyCode: other })
    expect(ticked([ada, swapped], `Ada ${other}\nGrace ${code}`)).toEqual([
      ['differs', false],
      ['differs', false],
    ])
    // Not even where it is the code of this one, and nothing else was said of it.
    expect(ticked([ada, swapped], `Grace ${code}`)).toEqual([
      ['no-code', false],
      ['differs', false],
    ])
    expect(ticked([ada], `Adam asked for Ada: ${code}`)).toEqual([['matches', true]])
    const tablet = request(1, 'Ada tablet', { keyCode: other })
    expect(ticked([ada, tablet], `Ada tablet: ${other}`)).toEqual([
      ['no-code', false],
      ['matches', true],
    ])
  })

  it('shows requests in the order of their file names', () => {
    const names = ['ten-10.csr', 'Two-2.csr', 'two-1.csr'].map((source, row) => request(row, source, { source }))
    expect(review(names, new Map()).map(({ request: { source } }) => source)).toEqual([
      'ten-10.csr',
      'two-1.csr',
      'Two-2.csr',
    ])
  })

  it('keeps decisions when the same files are read again with more of them', () => {
    const decisions = decided([grace, { isChecked: true }])
    const again = review(
      [request(0, 'New', { source: 'new.csr' }), { ...ada, row: 1 }, { ...grace, row: 2 }],
      decisions,
    )
    expect(choicesFrom(again, 1).map(({ row }) => row)).toEqual([2])
  })

  it('leaves the requester’s own names to their letter, and says what stands against them', () => {
    const refusal = 'The subject is empty.'
    const [bad] = review([request(0, 'Ada', {}, { refusal })], new Map())
    expect(bad?.problem).toContain(refusal)
    const named = decided([request(0, 'Ada', {}, { refusal }), { names: namedAda, isChecked: true }])
    const [mended] = review([request(0, 'Ada', {}, { refusal })], named)
    expect(mended?.problem).toBeNull()
    expect(mended === undefined ? [] : choicesFrom([mended], 1)).toEqual([{ row: 0, names: namedAda, days: 1 }])
  })

  it('leaves names out only after somebody agreed to just that', () => {
    const wanting = request(0, 'Ada', {}, { leftOut: ['User principal name: ada@corp'] })
    const ticked = decided([wanting, { isChecked: true }])
    expect(choicesFrom(review([wanting], ticked), 1)).toEqual([])
    const names: Names = { kind: 'as-requested', withoutUnsupported: true }
    const agreed = decided([wanting, { isChecked: true, names }])
    expect(choicesFrom(review([wanting], agreed), 1)).toEqual([{ row: 0, names, days: 1 }])
    // Names of one's own are a decision on all of them.
    const own = decided([wanting, { isChecked: true, names: namedAda }])
    expect(choicesFrom(review([wanting], own), 1)).toHaveLength(1)
  })

  it('says what is wrong with alternative names before anything is sent', () => {
    for (const wrong of [{ emails: ['ada'] }, { dnsNames: ['-x'] }])
      expect(review([ada], decided([ada, { names: { ...namedAda, ...wrong } }]))[0]?.problem).toContain('is not')
  })

  it('goes back to what it began with', () => {
    const listed = request(2, 'Listed', { listed: { subject: subject('Listed'), emails: [], dnsNames: [] } })
    for (const one of [ada, listed]) {
      const [changed] = review([one], decided([one, { names: namedAda }]))
      const [back] = review([one], decided([one, { names: firstNames(one) }]))
      expect([changed, back].map((row) => row !== undefined && isRenamed(row))).toEqual([true, false])
    }
  })
})

const namedAda = named('Ada Lovelace')

describe('a template', () => {
  const staff = {
    name: 'Staff',
    names: TemplateNames.parse({ subject: { organization: 'Acme' }, emails: ['{name}@acme.example'] }),
  }
  const by = (one: RequestPreview, decisions: Decisions = new Map()) => {
    const [row] = review([one], decisions, [], staff)
    if (row === undefined) throw new Error('no row')
    return row
  }

  it('fills in what the certificate will say, which has to be looked at all the same', () => {
    const row = by(request(0, 'Ada'), new Map([[keyOf(request(0, 'Ada')), { isChecked: true }]]))
    const names = { ...named('Ada', { organization: 'Acme' }), emails: ['ada@acme.example'] }
    expect(choicesFrom([row], 30)).toEqual([{ row: 0, names, days: 30 }])
    expect([isRenamed(row), unseen([row], new Set())]).toEqual([false, 1])
  })

  it('leaves names that were written by hand, and a tick without names follows it', () => {
    const one = request(0, 'Ada')
    expect(by(one, new Map([[keyOf(one), { names: named('Ada Lovelace') }]])).decision.names).toEqual(
      named('Ada Lovelace'),
    )
    expect(isRenamed(by(one, new Map([[keyOf(one), { names: named('Ada Lovelace') }]])))).toBe(true)
  })

  it('hides neither a name that cannot be taken nor one that cannot be an address', () => {
    expect(by(request(0, 'Ada', {}, { refusal: 'It has a hidden character.' })).problem).toContain('hidden character')
    expect(by(request(0, '山田')).problem).toContain('is not an e-mail address')
  })

  it('keeps what a list says', () => {
    const listed = { subject: subject('Ada'), emails: ['ceo@acme.example'], dnsNames: [] }
    expect(by(request(0, 'x', { listed })).decision.names).toMatchObject({
      subject: { commonName: 'Ada', organization: 'Acme' },
      emails: ['ceo@acme.example'],
    })
  })
})
