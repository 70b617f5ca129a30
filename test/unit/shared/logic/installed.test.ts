import { describe, expect, it } from 'vitest'
import { inOfferedOrder, isInstalled } from '#shared/logic/installed'
import { certificateInWords, removalSentence } from '#shared/logic/removal'
import { Sha256, StoreId } from '#shared/model/ids'
import type { CertificateInStore, Removal } from '#shared/model/store'

const now = new Date('2026-11-23T12:00:00.000Z')
const certificate = (name: string, notBefore: string | null, notAfter: string | null) => ({ name, notBefore, notAfter })

describe('the order in which a browser offers certificates', () => {
  it('puts valid ones first, then the longest, then the latest, as Chromium does', () => {
    const ordered = inOfferedOrder(
      [
        certificate('expired', '2020-01-01', '2026-11-22'),
        certificate('without a time', null, null),
        certificate('not yet valid', '2026-11-24', '2030-01-01'),
        certificate('short', '2026-01-01', '2026-12-01'),
        certificate('long, early', '2026-01-01', '2027-12-01'),
        certificate('long, late', '2026-02-01', '2027-12-01'),
      ],
      now,
    )
    expect(ordered.map(({ name }) => name)).toEqual([
      'long, late',
      'long, early',
      'short',
      'not yet valid',
      'expired',
      'without a time',
    ])
  })
})

const sha = (letter: string) => Sha256.parse(letter.repeat(64))
const held = (letter: string, changes: Partial<CertificateInStore> = {}): CertificateInStore => ({
  sha256: sha(letter),
  name: 'Ada',
  notAfter: '2027-06-01T12:00:00.000Z',
  recorded: true,
  ...changes,
})

describe('whether a certificate is installed', () => {
  const install = { present: true, keyPresent: true, sha256: sha('a'), certificates: [held('a'), held('b')] }

  it('is told of this very one, first or not', () => {
    expect(isInstalled(install, sha('a'))).toBe(true)
    expect(isInstalled(install, sha('b'))).toBe(true)
    expect(isInstalled(install, sha('c'))).toBe(false)
    expect(isInstalled(install, null)).toBe(false)
  })

  it('is never told without its key, or of what somebody removed', () => {
    expect(isInstalled({ ...install, keyPresent: false }, sha('a'))).toBe(false)
    expect(isInstalled({ ...install, present: false }, sha('a'))).toBe(false)
  })

  it('is told of a record of 0.1.0, which names one alone', () => {
    expect(isInstalled({ ...install, certificates: [] }, sha('a'))).toBe(true)
  })
})

describe('what a removal came to', () => {
  const removal = (changes: Partial<Removal>): Removal => ({
    store: StoreId.parse('nss-user'),
    storeName: 'Chrome',
    certificates: [held('a')],
    privateKey: 'removed',
    reached: true,
    ...changes,
  })
  const none = { certificates: [] }

  it.each<[Partial<Removal>, string]>([
    [{}, 'The certificate and its private key were removed from Chrome.'],
    [{ certificates: [held('a'), held('b')] }, '2 certificates and their private key were removed from Chrome.'],
    [{ privateKey: 'absent' }, 'The certificate was removed from Chrome; its private key was not there.'],
    [{ ...none }, 'The private key was removed from Chrome; its certificate was not there.'],
    [
      { ...none, privateKey: 'absent' },
      'Neither the certificate nor its private key was in Chrome; its record was cleared.',
    ],
    [
      { ...none, privateKey: 'unknown' },
      'The certificate was no longer in Chrome; its record was cleared. Whether the private key is still there could not be read.',
    ],
    [
      { ...none, privateKey: 'unknown', reached: false },
      'Chrome is not on this computer. Only the record of it was cleared.',
    ],
  ])('%o', (changes, sentence) => {
    expect(removalSentence(removal(changes))).toBe(sentence)
  })

  it('never says "removed" of a key unless it was read back to be gone', () => {
    for (const privateKey of ['absent', 'unknown'] as const)
      for (const certificates of [[], [held('a')]])
        expect(removalSentence(removal({ privateKey, certificates }))).not.toMatch(/key (?:was|were) removed/u)
  })
})

describe('a certificate in words', () => {
  it('has name, end and the begin of its fingerprint, and says when nobody knows who installed it', () => {
    expect(certificateInWords(held('a'))).toBe('“Ada”, until 2027-06-01, SHA-256 AA:AA:AA:AA:AA:AA:AA:AA…')
    expect(certificateInWords(held('b', { recorded: false, notAfter: null }))).toBe(
      '“Ada”, SHA-256 BB:BB:BB:BB:BB:BB:BB:BB… (Latchkey has no record of installing it)',
    )
  })

  it('cannot pretend to be two lines', () => {
    expect(certificateInWords(held('a', { name: 'Ada\nthe private key' }))).not.toContain('\n')
  })
})
