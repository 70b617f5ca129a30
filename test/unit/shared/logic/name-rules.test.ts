import { describe, expect, it } from 'vitest'
import { faultOfCountry, faultOfText, hiddenCharacter, mixesScripts } from '#shared/logic/name-rules'
import { describeSubject } from '#shared/logic/naming'
import { neutralise } from '#shared/logic/neutralise'
import { RequestDraft, SubjectDraft, SubjectFields } from '#shared/model/identity'

describe('a text in a name', () => {
  it.each([
    'Ada Lovelace',
    'Zoë O’Brien-Μιχαήλ',
    '山田　太郎',
    'नमस्ते',
    'a+b,c=d "e" <f>;#\\',
    '😀',
    'x'.repeat(64),
    '𠮷'.repeat(64),
  ])('may be “%s”', (text) => {
    expect(faultOfText(text, 64)).toBeNull()
  })

  it.each([
    ['', 'is empty.'],
    ['x'.repeat(65), 'can have at most 64 characters; it has 65.'],
    ['𠮷'.repeat(65), 'can have at most 64 characters; it has 65.'],
    [' Ada', 'begins or ends with a space.'],
    ['Ada\u3000', 'begins or ends with a space.'],
    ['Ada  L', 'contains two spaces in a row.'],
    ['\u0301Ada', 'begins with an accent that belongs to no letter.'],
    ['Ada\u2003L', 'contains an invisible character (U+2003).'],
    ['Ada\u2800', 'contains an invisible character (U+2800).'],
    ['\ud800', 'contains an invisible character (U+D800).'],
    ['Ada\u{e0100}', 'contains an invisible character (U+E0100).'],
    ['Ada\ufdd0', 'contains an invisible character (U+FDD0).'],
  ])('may not be %j', (text, fault) => {
    expect(faultOfText(text, 64)).toBe(fault)
  })

  it('is a country of two letters, never what another word begins with', () => {
    for (const text of ['GB', 'gb']) expect(faultOfCountry(text)).toBeNull()
    for (const text of ['', 'G', 'GBR', 'Germany', 'Great Country', 'G1', 'ÄÖ'])
      expect(faultOfCountry(text)).not.toBeNull()
  })

  it('is suspicious where scripts that look alike are mixed', () => {
    expect(mixesScripts('\u0430dmin')).toBe(true)
    expect(mixesScripts('Αdmin')).toBe(true)
    for (const text of ['admin', 'админ', '山田 Taro', 'Ada 7']) expect(mixesScripts(text)).toBe(false)
  })
})

describe('a name that somebody decided on', () => {
  it.each([
    { commonName: 'x'.repeat(65) },
    { commonName: 'Ada\u202e' },
    { commonName: 'Ada', organization: 'Acme\u0000' },
    { commonName: 'Ada', organizationalUnit: 'x'.repeat(65) },
    { commonName: 'Ada', locality: 'x'.repeat(129) },
    { commonName: 'Ada', state: 'A\u00a0B' },
    { commonName: 'Ada', country: 'Germany' },
    { commonName: ' ' },
  ])('is refused: %j', (subject) => {
    expect(SubjectDraft.safeParse(subject).success).toBe(false)
    expect(RequestDraft.safeParse({ subject }).success).toBe(false)
  })

  it('is shown as the certificate will show it', () => {
    const subject = SubjectDraft.parse({ commonName: 'Ada, CN=admin', organization: 'Acme' })
    expect(describeSubject(subject)).toBe('CN=Ada\\, CN\\=admin, O=Acme')
  })

  it('from before these rules can still be read', () => {
    expect(SubjectFields.parse({ commonName: 'Ada\u202e' }).commonName).toBe('Ada\u202e')
  })
})

it('shows what else leaves nothing to see, but leaves emoji whole', () => {
  expect(neutralise('a\u3164b\u115fc\u034fd\u{e0100}')).toBe('a\\u3164b\\u115fc\\u034fd\\ue0100')
  expect(neutralise('❤\ufe0f')).toBe('❤\ufe0f')
  expect(hiddenCharacter('❤\ufe0f')).toBe('U+FE0F')
})
