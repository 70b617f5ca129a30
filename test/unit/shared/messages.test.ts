import { describe, expect, it } from 'vitest'
import { AppError, errorCodes } from '#shared/errors'
import { failureWords } from '#shared/logic/failure-words'
import { findingWords } from '#shared/logic/finding-words'
import { failureOf, messages } from '#shared/messages'
import { FailureReason, FindingCode } from '#shared/model/probe'

/** Words of the code that a person must never read. */
const jargon = /\b(identity|identities|authority|probe|certificate store|undefined|null)\b/iu

describe.each(errorCodes)('%s', (code) => {
  const { title, explanation, remedy } = messages[code]
  it('says what happened, why, and what to do', () => {
    for (const sentence of [title, explanation, remedy]) {
      expect(sentence).toMatch(/^\p{Lu}.*[.!?]$/u)
      expect(sentence).not.toMatch(jargon)
    }
  })
})

it.each(FindingCode.options)('finding %s has words', (code) => {
  const { title, remedy } = findingWords(code, 'Ada')
  expect(`${title} ${remedy}`).not.toMatch(jargon)
  expect(remedy).toMatch(/\.$/u)
})

it.each(FailureReason.options)('failure %s has words', (reason) => {
  expect(failureWords[reason]).toMatch(/^\p{Lu}.*\.$/u)
})

it('crosses with its code, title and detail', () => {
  expect(failureOf(new AppError('busy', 'why'))).toEqual({ code: 'busy', message: messages.busy.title, detail: 'why' })
})
