import { expect, it } from 'vitest'
import { verdictBadge } from '#shared/logic/verdict-badge'
import { VerdictKind } from '#shared/model/probe'

const saying = (words: string) =>
  VerdictKind.options.filter((kind) => verdictBadge({ kind, tone: 'neutral' }).words === words)

it('says that a site works only where the certificate was let in', () => {
  expect(saying('Works')).toEqual(['let-in', 'let-in-without-cookie', 'let-in-only-tried'])
  expect(saying('Protected')).toEqual(['protected'])
})

it('says refused only of what refuses', () => {
  expect(saying('Refused').sort()).toEqual([
    'certificate-rejected',
    'not-asked',
    'refused',
    'refused-although-verified',
    'refused-unproven',
  ])
})
