import { spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'

/** A new Debian in a folder, with nothing but its base and one ordinary user, `ada`. */
export interface CleanDebian {
  folder: string
  /**
   * Runs a shell script in it, in name spaces of its own: everything that the script starts ends with it, and nothing stays
   * mounted.
   */
  run(script: string, user?: 'root' | 'ada'): { code: number | null; output: string }
  /** Copies a file into it; returns its path there. */
  bring(file: string): string
  remove(): void
}

const asAda =
  'exec setpriv --reuid=ada --regid=ada --init-groups env -i HOME=/home/ada PATH=/usr/local/bin:/usr/bin:/bin LANG=C.UTF-8 sh /tmp/script'

/** $0 is the folder and $1 what runs in it. */
const inside = `
mount -t proc proc "$0/proc"
mount --rbind /dev "$0/dev"
mount -t tmpfs tmpfs "$0/run"
chroot "$0" sh -c "$1"`

/** Unpacks the same release as this computer's from its mirror. Needs root. */
export function cleanDebian(): CleanDebian {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-debian-'))
  const release = /^VERSION_CODENAME=(.+)$/mu.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? ''
  const made = spawnSync('debootstrap', ['--variant=minbase', release, folder], { encoding: 'utf8' })
  if (made.status !== 0) throw new Error(`debootstrap failed: ${made.stdout.slice(-1000)}`)
  // It is the root of everything in it, also for an ordinary user.
  chmodSync(folder, 0o755)
  copyFileSync('/etc/resolv.conf', join(folder, 'etc', 'resolv.conf'))

  const run: CleanDebian['run'] = (script, user = 'root') => {
    writeFileSync(join(folder, 'tmp', 'script'), script)
    const command = user === 'ada' ? asAda : 'exec sh /tmp/script'
    const spaces = ['--mount', '--pid', '--fork', '--kill-child', 'sh', '-ec', inside, folder, command]
    const env = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' }
    const { status, stdout } = spawnSync('unshare', spaces, {
      env,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
      timeout: 600_000,
      maxBuffer: 64 * 1024 * 1024,
    })
    return { code: status, output: stdout }
  }
  run('useradd --create-home ada && install --directory --mode=1777 /tmp/.X11-unix')
  return {
    folder,
    run,
    bring(file) {
      copyFileSync(file, join(folder, 'tmp', basename(file)))
      return `/tmp/${basename(file)}`
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
