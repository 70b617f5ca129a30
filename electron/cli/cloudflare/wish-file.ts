import { readFile } from 'node:fs/promises'
import type { z } from 'zod'
import { type Managed, nothingManaged } from '#electron/cloudflare/plan/managed'
import { parseJson } from '#electron/platform/parse-json'
import { AppError } from '#shared/errors'
import { problemWords } from '#shared/logic/access/plan-words'
import type { AccessAccount } from '#shared/model/access-account'
import { AccessWish } from '#shared/model/access-wish'

/** `latchkey.access.json`. Errors: `file-unreadable`; `invalid-input` with every place that is wrong. */
export async function readWish(path: string): Promise<AccessWish> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new AppError('file-unreadable', error instanceof Error && 'code' in error ? String(error.code) : null)
  })
  const parsed = AccessWish.safeParse(parseJson(text))
  if (parsed.success) return parsed.data
  const places = parsed.error.issues.map(
    (issue) => `${[path, ...issue.path.map(String)].join(' › ')}: ${faultOf(issue)}`,
  )
  throw new AppError('invalid-input', places.join('; '))
}

/** What a plan file says is managed elsewhere, for commands that make their plan themselves. */
export async function readManaged(path: string | undefined, account: AccessAccount): Promise<Managed> {
  if (path === undefined) return nothingManaged
  const wish = await readWish(path)
  if (wish.account !== account.id) throw new AppError('invalid-input', problemWords({ kind: 'other-account' }))
  return wish.managedElsewhere
}

/** zod's own words, “key: "…"”, would be taken for a secret and hidden. */
const faultOf = (issue: z.core.$ZodIssue): string =>
  issue.code === 'unrecognized_keys' ? `there is no field ${issue.keys.join(', ')}` : issue.message
