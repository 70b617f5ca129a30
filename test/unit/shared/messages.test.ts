import { describe, expect, it } from 'vitest'
import { AppError, errorCodes } from '#shared/errors'
import { failureWords } from '#shared/logic/failure-words'
import { hypotheses } from '#shared/logic/test/judge'
import { failureOf, messages } from '#shared/messages'
import { FailureReason } from '#shared/model/attempt'
import { CauseCode } from '#shared/model/probe'
import { factsIn } from '../../support/judged'

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

it.each(hypotheses)('cause $code has words', ({ title, remedy }) => {
  const facts = factsIn({})
  expect(`${title(facts)} ${remedy(facts)}`).not.toMatch(jargon)
  expect(title(facts)).toMatch(/^(?:\p{Lu}|“).*\.$/u)
  expect(remedy(facts)).toMatch(/^\p{Lu}.*\.$/u)
})

it('has exactly one explanation for each cause', () => {
  expect(hypotheses.map(({ code }) => code).sort()).toEqual([...CauseCode.options].sort())
})

it.each(FailureReason.options)('failure %s has words', (reason) => {
  expect(failureWords[reason]).toMatch(/^\p{Lu}.*\.$/u)
})

it('crosses with its code, title and detail', () => {
  expect(failureOf(new AppError('busy', 'why'))).toEqual({ code: 'busy', message: messages.busy.title, detail: 'why' })
})
