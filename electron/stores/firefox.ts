import { existsSync, readdirSync } from 'node:fs'
import { readFile, readlink, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { ownerOfProcess } from '#electron/platform/live-process'

/** A Firefox profile folder that holds a certificate database. */
export interface FirefoxProfile {
  folder: string
  /** The folder's name, for example `x1y2z3.default-release`. */
  name: string
  /** In a sandbox (Flatpak) process numbers mean nothing outside. */
  sandboxed: boolean
}

const roots = [
  { path: ['.mozilla', 'firefox'], sandboxed: false },
  { path: ['.config', 'mozilla', 'firefox'], sandboxed: false },
  { path: ['snap', 'firefox', 'common', '.mozilla', 'firefox'], sandboxed: false },
  { path: ['.var', 'app', 'org.mozilla.firefox', '.mozilla', 'firefox'], sandboxed: true },
  { path: ['.var', 'app', 'org.mozilla.firefox', 'config', 'mozilla', 'firefox'], sandboxed: true },
]

/** Every profile under `home` that has a `cert9.db`, wherever a package of Firefox keeps its profiles. */
export function findFirefoxProfiles(home: string): FirefoxProfile[] {
  const profiles: FirefoxProfile[] = []
  for (const { path, sandboxed } of roots) {
    const root = join(home, ...path)
    if (!existsSync(root)) continue
    for (const name of readdirSync(root).sort()) {
      const folder = join(root, name)
      if (existsSync(join(folder, 'cert9.db'))) profiles.push({ folder, name, sandboxed })
    }
  }
  return profiles
}

/**
 * Whether Firefox has this profile open. It holds an fcntl lock on `.parentlock`, seen in /proc/locks by inode, and
 * links `lock` to `address:+pid` (mozilla toolkit/profile/nsProfileLock.cpp); the link outlives a crash.
 */
export async function isProfileInUse(profile: FirefoxProfile): Promise<boolean> {
  const locks = await readFile('/proc/locks', 'utf8').catch(() => '')
  const parentLock = await stat(join(profile.folder, '.parentlock')).catch(() => null)
  if (parentLock !== null && lockedInodes(locks).has(parentLock.ino)) return true
  if (profile.sandboxed) return false
  const pid = Number(/:\+(\d+)$/u.exec(await readlink(join(profile.folder, 'lock')).catch(() => ''))?.[1] ?? 0)
  return pid > 0 && ownerOfProcess(pid) !== 'nobody'
}

/** Parses /proc/locks: `1: POSIX ADVISORY WRITE 1234 00:2a:5678 0 EOF` → inode numbers. */
export function lockedInodes(text: string): Set<number> {
  const inodes = text
    .split('\n')
    .flatMap((line) => /WRITE\s+-?\d+\s+[0-9a-f]+:[0-9a-f]+:(\d+)\s/u.exec(line)?.[1] ?? [])
  return new Set(inodes.map(Number))
}
