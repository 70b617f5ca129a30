import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import type { ImportOutcome } from '#shared/model/identity'
import type { Sha256, StagedId } from '#shared/model/ids'
import { Page } from '#shared/model/page'
import { type Office, openOffice } from '../../../support/authorities'
import { temporaryFolder } from '../../../support/home'
import { openWorkshop, type Workshop } from '../../../support/openssl'

/** Several keys with their certificates in one file: none is taken in the place of another. */
let workshop: Workshop
let office: Office
let heap: string
beforeAll(async () => {
  workshop = await openWorkshop()
  heap = (await pair('Ada', 100)) + (await pair('Grace', 300))
})
afterAll(() => workshop.remove())
beforeEach(() => {
  office = openOffice(temporaryFolder())
})
afterEach(() => office.close())

/** Key and certificate in PEM; with `key` another certificate for a key that is there. */
async function pair(name: string, days: number, key: string[] = newKey(name)): Promise<string> {
  const leaf = ['-addext', 'basicConstraints=critical,CA:FALSE', '-days', String(days), '-out', `${name}-${days}.pem`]
  await workshop.openssl('req', '-x509', ...key, '-subj', `/CN=${name}`, ...leaf)
  const files = [await workshop.read(`${name}.key`), await workshop.read(`${name}-${days}.pem`)]
  return files.map(String).join('')
}
const newKey = (name: string) => [
  ...['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'],
  ...['-nodes', '-keyout', `${name}.key`],
]

const bring = (text: string) =>
  office.identities.import([{ name: 'all.pem', bytes: Buffer.from(text) }], { origin: 'file' })
const pick = (staged: StagedId, certificate: Sha256) =>
  office.identities.import([], { origin: 'file', staged, pick: certificate })
const names = async () => (await office.identities.list(Page.parse({}))).rows.map(({ name }) => name).sort()

function severalOf(outcome: ImportOutcome) {
  if (outcome.kind !== 'several') throw new Error(`${outcome.kind} instead of several`)
  return { staged: outcome.staged, choices: outcome.choices }
}

it('are shown, and only the one that was picked comes in; then the rest may', async () => {
  const { staged, choices } = severalOf(await bring(heap))
  expect(choices.map(({ name, keyIsHere }) => [name, keyIsHere])).toEqual([
    ['Grace', false],
    ['Ada', false],
  ])
  expect(await names()).toEqual([])
  const [, ada] = choices
  if (ada === undefined) throw new Error('one is missing')
  const first = await pick(staged, ada.certificate)
  expect(first).toMatchObject({ kind: 'imported', identity: { name: 'Ada' }, keyCameAlong: true })
  expect(await names()).toEqual(['Ada'])
  const { others } = first.kind === 'imported' ? first : { others: null }
  expect(others?.choices.map(({ name }) => name)).toEqual(['Grace'])
  const [grace] = others?.choices ?? []
  if (grace === undefined || others === null) throw new Error('the other is missing')
  expect(await pick(others.staged, grace.certificate)).toMatchObject({ identity: { name: 'Grace' }, others: null })
  expect(await names()).toEqual(['Ada', 'Grace'])
})

it('of one key are one: the certificate that lasts longest', async () => {
  const older = await pair('Ada', 50)
  const both = older + (await pair('Ada', 200, ['-key', 'Ada.key']))
  const outcome = await bring(both)
  if (outcome.kind !== 'imported') throw new Error(outcome.kind)
  const { certificate } = await office.identities.detail(outcome.identity.id)
  const days = (Date.parse(certificate?.notAfter ?? '') - Date.now()) / 86_400_000
  expect(Math.round(days)).toBe(200)
})

it('are not picked by what is not among them', async () => {
  const { staged } = severalOf(await bring(heap))
  const stranger = await office.create('Somebody else')
  await expect(pick(staged, stranger.sha256)).rejects.toMatchObject({ code: 'not-found' })
  expect(await names()).toEqual([])
})
