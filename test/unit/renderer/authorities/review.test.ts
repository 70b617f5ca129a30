import { describe, expect, it } from 'vitest'
import { RequestPreview } from '#shared/model/authority'
import {
  canBeSigned,
  choicesFrom,
  type Decision,
  decisionOn,
  isRenamed,
  keyOf,
  review,
  unseen,
} from '../../../../renderer/src/screens/authorities/issue/review'

const subject = (commonName: string) => ({
  commonName,
  organization: '',
  organizationalUnit: '',
  locality: '',
  state: '',
  country: '',
})

function request(row: number, name: string, changes: Partial<Record<keyof RequestPreview, unknown>> = {}) {
  return RequestPreview.parse({
    row,
    source: `${row}.csr`,
    keyCode: 'K7QD-2M5A-XWPL-3ROB',
    publicKey: 'RSA 2048',
    requested: { subject: `CN=${name}`, commonName: name },
    proposed: { subject: subject(name), emails: [], dnsNames: [] },
    fromList: false,
    extensions: [],
    refusal: null,
    ...changes,
  })
}
const decided = (...list: [RequestPreview, Partial<Decision>][]) =>
  new Map(list.map(([one, change]) => [keyOf(one), { ...decisionOn(one, new Map()), ...change }]))

describe('deciding about requests', () => {
  const ada = request(0, 'Ada')
  const grace = request(1, 'Grace')

  it('signs nothing that was not ticked', () => {
    expect(choicesFrom(review([ada, grace], new Map()), 365)).toEqual([])
    const choices = choicesFrom(review([ada, grace], decided([grace, { isChecked: true }])), 30)
    expect(choices).toEqual([{ row: 1, subject: subject('Grace'), emails: [], dnsNames: [], days: 30 }])
  })

  it('writes the name that the issuer decided, not the one that was asked for', () => {
    const [first] = review([ada], decided([ada, { isChecked: true, subject: subject('Ada Lovelace') }]))
    if (first === undefined) throw new Error('no row')
    expect(isRenamed(first)).toBe(true)
    expect(choicesFrom([first], 1)[0]?.subject.commonName).toBe('Ada Lovelace')
  })

  it('refuses two certificates with one name until one is changed', () => {
    const twin = request(2, 'ada')
    const same = review([ada, grace, twin], new Map())
    expect(same.map(canBeSigned)).toEqual([false, true, false])
    const apart = review([ada, grace, twin], decided([twin, { subject: subject('Ada (tablet)') }]))
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
      decided([ada, { subject: subject(' ') }], [grace, { subject: { ...subject('Grace'), country: 'GBR' } }]),
    )
    expect(none?.problem).toContain('A name is needed')
    expect(long?.problem).toContain('Two letters')
  })

  it('lets all be ticked at once only after every name that its requester wrote was on the screen', () => {
    const listed = request(2, 'Listed', { fromList: true })
    const all = review([ada, grace, listed], new Map())
    expect(unseen(all, new Set())).toBe(2)
    expect(unseen(all, new Set([0]))).toBe(1)
    expect(unseen(all, new Set([0, 1]))).toBe(0)
  })

  it('keeps decisions when the same files are read again with more of them', () => {
    const decisions = decided([grace, { isChecked: true }])
    const again = review(
      [request(0, 'New', { source: 'new.csr' }), { ...ada, row: 1 }, { ...grace, row: 2 }],
      decisions,
    )
    expect(choicesFrom(again, 1).map(({ row }) => row)).toEqual([2])
  })
})
