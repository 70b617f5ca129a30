import { describe, expect, it } from 'vitest'
import { contentWords, kindWords } from '#shared/logic/file-words'
import { InspectedFile, InspectFailure, ObjectDetails, ObjectKind } from '#shared/model/details'
import type { FileEntry, ReadState } from '../../../../renderer/src/import/file-inspection'
import { fitInto, readFiles, type SkippedFile, type Source } from '../../../../renderer/src/import/file-sources'
import { closedWords, entryWords, pairWords, summaryWords } from '../../../../renderer/src/import/inspection-words'
import { skippedWords } from '../../../../renderer/src/import/SkippedFiles'

const fingerprints = { sha256: 'a'.repeat(64), sha1: '', md5: '' }
const object = (kind: ObjectKind, title: string) =>
  ObjectDetails.parse({ kind, title, groups: [], fingerprints, oddities: [], pem: null })
const inspected = (changes: object) =>
  InspectedFile.parse({ name: 'a.pem', format: 'PEM', objects: [], pairs: [], failures: [], ...changes })
const failure = (code: string) => ({ where: '', code, detail: null })
const looked = (look: ReadState): FileEntry => ({ file: { kind: 'bytes', name: 'a', bytes: new Uint8Array(0) }, look })
const seen = (changes: object) => looked({ kind: 'seen', seen: inspected(changes), wrong: false })

const ada = object('certificate', 'Ada')
const key = object('private-key', 'EC P-256')

describe('which object belongs to which', () => {
  const file = inspected({
    objects: [ada, object('certificate', 'Ada (renewed)'), key, object('private-key', 'another')],
    pairs: [
      { key: 2, certificate: 0 },
      { key: 2, certificate: 1 },
    ],
  })

  it('is said on both sides', () => {
    expect(pairWords(file, 0)).toBe('its private key is in this file')
    expect(pairWords(file, 2)).toBe('belongs to “Ada”, “Ada (renewed)”')
  })

  it('is not said of what has no partner', () => {
    expect(pairWords(file, 3)).toBe('')
  })
})

describe('one line for each file', () => {
  it('counts what is in it', () => {
    expect(contentWords({ objects: [ada, key, ada] })).toBe('2 certificates, 1 private key')
    expect(contentWords({ objects: [] })).toBe('')
    for (const kind of ObjectKind.options) expect(contentWords({ objects: [object(kind, '')] })).toMatch(/^1 /u)
    expect(Object.keys(kindWords)).toEqual(ObjectKind.options)
  })

  it('says what is the matter with it', () => {
    expect(entryWords(looked({ kind: 'waiting' }))).toBe('not read yet')
    expect(entryWords(looked({ kind: 'reading', job: '', before: { kind: 'waiting' } }))).toBe('reading…')
    expect(entryWords(looked({ kind: 'failed', error: null }))).toBe('could not be opened')
    expect(entryWords(seen({ failures: [failure('password-needed')] }))).toBe('has a password')
    expect(entryWords(seen({ objects: [ada], failures: [failure('wrong-password')] }))).toBe(
      '1 certificate; has a password',
    )
    expect(entryWords(seen({ objects: [ada], failures: [failure('malformed'), failure('malformed')] }))).toBe(
      '1 certificate; 2 parts could not be read',
    )
    expect(entryWords(seen({ failures: [failure('malformed')] }))).toBe('This file is damaged')
  })

  it('says which part is closed', () => {
    const part = (where: string) => InspectFailure.parse({ where, code: 'password-needed', detail: null })
    expect(closedWords([part('')])).toBe('It is protected with a password.')
    expect(closedWords([part('Key 1'), part('Key 2')])).toBe('Protected with a password: Key 1, Key 2.')
  })

  it('adds up to one line for all', () => {
    const good = seen({ objects: [ada] })
    const closed = seen({ failures: [failure('password-needed')] })
    const broken = seen({ failures: [failure('malformed')] })
    const gone = looked({ kind: 'failed', error: null })
    expect(summaryWords([good, looked({ kind: 'waiting' })])).toBe('1 of 2 files read')
    expect(summaryWords([good, good])).toBe('2 files')
    expect(summaryWords([good, closed, broken, gone])).toBe('4 files, 1 with a password, 2 that could not be read')
  })
})

describe('what was left out', () => {
  const all = (why: SkippedFile['why'], count: number) =>
    Array.from({ length: count }, (_, at) => ({ name: `${at}`, why }))

  it('is named, one sentence for each reason', () => {
    expect(skippedWords([...all('unreadable', 1), { name: 'deep', why: 'too-deep' }])).toEqual([
      '“0” could not be opened: it no longer exists, or you do not have permission to read it.',
      '“deep” is too many folders deep: add that folder separately.',
    ])
    expect(skippedWords([])).toEqual([])
  })

  it('is not named endlessly', () => {
    expect(skippedWords(all('unreadable', 8))).toEqual([
      '“0”, “1”, “2”, “3”, “4” and 3 others could not be opened: they no longer exist, or you do not have permission to read them.',
    ])
    expect(skippedWords(all('too-many', 300))).toEqual([
      'Only 1,000 files can be added at once: add the others separately.',
    ])
  })

  it('is named where fewer are of use', () => {
    expect(skippedWords(all('too-many', 1), 16)).toEqual(['“0” was left out: only 16 files are taken here.'])
    expect(skippedWords(all('too-many', 2), 1)).toEqual(['“0”, “1” were left out: only one file is taken here.'])
  })
})

describe('files for a place that takes a few', () => {
  const sources = ['a', 'b', 'c'].map((name): Source => ({ kind: 'bytes', name, bytes: new Uint8Array(0) }))
  const fitting = (room: number) => {
    const { taken, leftOut } = fitInto(room, sources)
    return [taken.map((source) => source.kind === 'bytes' && source.name), leftOut.map(({ name }) => name)]
  }

  it('are taken in their order, and each that does not fit is named', () => {
    expect(fitting(2)).toEqual([['a', 'b'], ['c']])
    expect(fitting(3)).toEqual([['a', 'b', 'c'], []])
    expect(fitting(0)).toEqual([[], ['a', 'b', 'c']])
    expect(fitting(-1)).toEqual([[], ['a', 'b', 'c']])
  })
})

describe('dropped files', () => {
  const file = (name: string, size = 1) => new File([new Uint8Array(size)], name)

  it('are read as far as anybody would read them', async () => {
    const { files, leftOut } = await readFiles([file('a.pem', 20 * 1024 * 1024)])
    expect(files.map((each) => each.kind === 'bytes' && each.bytes.length)).toEqual([16 * 1024 * 1024 + 1])
    expect(leftOut).toEqual([])
  })

  it('are taken up to a thousand, and the others are named', async () => {
    const { files, leftOut } = await readFiles(Array.from({ length: 1002 }, (_, index) => file(`${index}`)))
    expect(files).toHaveLength(1000)
    expect(leftOut).toEqual([
      { name: '1000', why: 'too-many' },
      { name: '1001', why: 'too-many' },
    ])
  })

  it('do not suffer from one that is gone', async () => {
    const gone = Object.assign(file('gone.pem'), { slice: () => ({ size: 1, arrayBuffer: () => Promise.reject() }) })
    const { files, leftOut } = await readFiles([gone, file('a.pem')])
    expect(files.map(({ name }) => name)).toEqual(['a.pem'])
    expect(leftOut).toEqual([{ name: 'gone.pem', why: 'unreadable' }])
  })

  it('may have a quarter of a gigabyte together', async () => {
    const part = (size: number) => ({ size, arrayBuffer: async () => new ArrayBuffer(0) })
    const huge = (name: string) => Object.assign(file(name), { slice: () => part(16 * 1024 * 1024) })
    const { files, leftOut } = await readFiles([...Array.from({ length: 17 }, (_, at) => huge(`${at}`)), file('small')])
    expect(files).toHaveLength(16)
    expect(leftOut).toEqual(['16', 'small'].map((name) => ({ name, why: 'too-much' })))
  })
})
