import { describe, expect, it } from 'vitest'
import { noteWords, pathWords } from '#shared/logic/path-words'
import { PathRule } from '#shared/model/path'

describe('every rule of a path has words', () => {
  it.each(PathRule.options)('%s', (rule) => {
    const { sentence, remedy } = pathWords({ rule, about: 'Ada' })
    expect(sentence).toContain('“Ada”')
    expect(sentence).toMatch(/^[A-Z“].*\.$/u)
    expect(remedy).toMatch(/^[A-Z].*\.$/u)
    for (const text of [sentence, remedy]) expect(text).not.toMatch(/\b(identity|authority|store|probe)\b/iu)
  })

  it('milder ones for a note that says something else', () => {
    expect(noteWords({ rule: 'extended-key-usage', about: 'Ada' })).toBe(
      '“Ada” does not limit what it may be used for.',
    )
    expect(noteWords({ rule: 'revocation-unknown', about: 'Ada' })).toBe('It is not known whether “Ada” was revoked.')
  })

  it('also when they are about no certificate', () => {
    expect(pathWords({ rule: 'malformed', about: '' }).sentence).toBe('Part of the input cannot be read.')
    expect(pathWords({ rule: 'crl-issuer', about: '' }).sentence).toBe('A CRL belongs to another issuer.')
  })
})
