import { readFile } from 'node:fs/promises'
import { type Managed, nothingManaged } from '#electron/cloudflare/plan/managed'
import { parseWish } from '#electron/cloudflare/plan/parse-wish'
import { codeOf } from '#electron/platform/error-code'
import { AppError } from '#shared/errors'
import { problemWords } from '#shared/logic/access/plan-words'
import type { AccessAccount } from '#shared/model/access-account'
import type { AccessWish } from '#shared/model/access-wish'

/** `latchkey.access.json`. Errors: `file-unreadable`; `invalid-input` with every place that is wrong. */
export async function readWish(path: string): Promise<AccessWish> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new AppError('file-unreadable', codeOf(error))
  })
  return parseWish(text, path)
}

/** What a plan file says is managed elsewhere, for commands that make their plan themselves. */
export async function readManaged(path: string | undefined, account: AccessAccount): Promise<Managed> {
  if (path === undefined) return nothingManaged
  const wish = await readWish(path)
  if (wish.account !== account.id) throw new AppError('invalid-input', problemWords({ kind: 'other-account' }))
  return wish.managedElsewhere
}
