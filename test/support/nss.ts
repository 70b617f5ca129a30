import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** The database a browser reads in this HOME; null while there is none. */
export function nssFolder(home: string): string | null {
  const folders = [join(home, '.pki', 'nssdb'), join(home, '.local', 'share', 'pki', 'nssdb')]
  return folders.find((folder) => existsSync(join(folder, 'cert9.db'))) ?? null
}

/** What NSS' own tool says: the private keys in a HOME. Exit 255 is its way of saying "none". */
export function keysIn(home: string): string {
  const folder = nssFolder(home)
  if (folder === null) return ''
  try {
    return execFileSync('certutil', ['-K', '-d', `sql:${folder}`], { encoding: 'utf8', stdio: 'pipe' })
  } catch (error) {
    const said = error instanceof Error && 'stdout' in error ? String(error.stdout) : ''
    if (said.includes('no keys found')) return ''
    throw error
  }
}

export function certificatesIn(home: string): string {
  const folder = nssFolder(home)
  return folder === null ? '' : execFileSync('certutil', ['-L', '-d', `sql:${folder}`], { encoding: 'utf8' })
}
