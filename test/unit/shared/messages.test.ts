import { describe, expect, it } from 'vitest'
import { AppError, errorCodes } from '#shared/errors'
import { failureOf } from '#shared/failure'
import { failureWords } from '#shared/logic/failure-words'
import { hypotheses } from '#shared/logic/test/judge'
import { explanationOf, messages } from '#shared/messages'
import { FailureReason } from '#shared/model/attempt'
import { CauseCode } from '#shared/model/probe'
import { factsIn } from '../../support/judged'

/** Words of the code that a person must never read. */
const jargon = /\b(identity|identities|authority|probe|certificate store|undefined|null)\b/iu

describe.each(errorCodes)('%s', (code) => {
  const { title, why, untouched, remedy } = messages[code]
  it('says what happened, why, and what to do', () => {
    for (const sentence of [title, why, remedy, untouched ?? 'Nothing.']) {
      expect(sentence).toMatch(/^\p{Lu}.*[.!?]$/u)
      expect(sentence).not.toMatch(jargon)
    }
  })

  it('claims that nothing has happened only where nothing had been done before', () => {
    expect(`${title} ${why} ${remedy}`).not.toMatch(
      /\b(?:nothing|no list) was (?:changed|kept|written|signed)\b|\bwas undone\b/iu,
    )
    expect(explanationOf({ code })).toBe(untouched === null ? why : `${why} ${untouched}`)
    expect(explanationOf({ code, done: 'Step 1 had been done.' })).toBe(`${why} Step 1 had been done.`)
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
  const busy = new AppError('busy', 'why')
  const failure = { code: 'busy', message: messages.busy.title, detail: 'why' }
  expect(failureOf(busy)).toEqual(failure)
  expect(failureOf(busy.after('The second had been done.').after('The first had been done.'))).toEqual({
    ...failure,
    done: 'The first had been done. The second had been done.',
  })
})
