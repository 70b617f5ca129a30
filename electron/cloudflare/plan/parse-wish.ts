import type { z } from 'zod'
import { parseJson } from '#electron/platform/parse-json'
import { AppError } from '#shared/errors'
import { AccessWish } from '#shared/model/access-wish'

/** A plan file's text. `name`: how the file is called in an error. Errors: `invalid-input` with every place that is wrong. */
export function parseWish(text: string, name: string): AccessWish {
  const parsed = AccessWish.safeParse(parseJson(text))
  if (parsed.success) return parsed.data
  const places = parsed.error.issues.map(
    (issue) => `${[name, ...issue.path.map(String)].join(' › ')}: ${faultOf(issue)}`,
  )
  throw new AppError('invalid-input', places.join('; '))
}

/** zod's own words, “key: "…"”, would be taken for a secret and hidden. */
const faultOf = (issue: z.core.$ZodIssue): string =>
  issue.code === 'unrecognized_keys' ? `there is no field ${issue.keys.join(', ')}` : issue.message
