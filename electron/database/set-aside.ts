import { statSync } from 'node:fs'
import { readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { ifMissing } from '#electron/platform/error-code'
import { asHomeTrouble } from '#electron/platform/home-trouble'
import { writePrivateFile } from '#electron/platform/write-file'
import { AppError } from '#shared/errors'
import type { DatabaseCopy } from '#shared/model/home'
import { Instant } from '#shared/model/ids'
import { copiesOf } from './copies'

/** The copies that earlier updates left beside the database in `home`, the newest first. */
export function databaseCopies(home: string): DatabaseCopy[] {
  const path = join(home, 'latchkey.db')
  return copiesOf(path).flatMap(({ name, version }) => {
    const at = statSync(join(home, name), { throwIfNoEntry: false })?.mtime
    return at === undefined ? [] : [{ version, at: Instant.parse(at.toISOString()) }]
  })
}

/**
 * Moves a damaged database out of the way, under a name that says when; nothing is deleted. With `version`, the copy from before
 * that version takes its place, otherwise the next start makes an empty one. Errors: `not-found` for a copy that is gone,
 * `home-unusable`, `disk-full`.
 */
export async function setDatabaseAside(home: string, version: number | null, now: Date): Promise<void> {
  const path = join(home, 'latchkey.db')
  try {
    const content = version === null ? null : await contentOf(path, version)
    const aside = `${path}.damaged-${now
      .toISOString()
      .replaceAll(/[^0-9]/gu, '')
      .slice(0, 14)}`
    // The log first: left beside another database, it would be taken for that one's.
    for (const end of ['-wal', '-shm', '']) await moveIfThere(`${path}${end}`, `${aside}${end}`)
    if (content !== null) await writePrivateFile(path, content)
  } catch (error) {
    throw asHomeTrouble(home, path, error)
  }
}

async function contentOf(path: string, version: number): Promise<Uint8Array> {
  const copy = copiesOf(path).find((one) => one.version === version)
  if (copy === undefined) throw new AppError('not-found', 'This copy is no longer there.')
  return readFile(`${path}.before-${version}`)
}

const moveIfThere = (from: string, to: string): Promise<void> => rename(from, to).catch(ifMissing(undefined))
