import { AppError } from '#shared/errors'
import { type Element, tags } from '../der'
import { readBigInteger } from '../der-values'

/** Path lengths and SkipCerts: anything beyond a million means "no limit in practice". Negative numbers are malformed. */
export function readSmallNumber({ content, raw }: Element): number {
  const value = readBigInteger({ tag: tags.integer, content, raw })
  if (value < 0n) throw new AppError('malformed', 'A length is negative.')
  return value > 1_000_000n ? 1_000_000 : Number(value)
}
