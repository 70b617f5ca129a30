import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bundled } from './bundled.mjs'
import { median } from './median.mjs'

const rounds = 5
/** With `-noout` openssl would stop at the MAC and decrypt nothing. */
const everything = ['-nodes', '-passin', 'pass:bench', '-out', '/dev/null']
const few = 2048
const many = 1_000_000

/**
 * PBES2 as openssl 3 writes it, where only the MAC's key is made by the derivation of PKCS#12 itself; the same with that
 * derivation left at one round, so that PBES2 alone is seen; and the old way, where it makes every key.
 */
const protections = {
  modern: ['-keypbe', 'AES-256-CBC', '-certpbe', 'AES-256-CBC', '-macalg', 'sha256'],
  pbes2: ['-keypbe', 'AES-256-CBC', '-certpbe', 'AES-256-CBC', '-macalg', 'sha256', '-nomaciter'],
  old: ['-keypbe', 'PBE-SHA1-3DES', '-certpbe', 'PBE-SHA1-3DES', '-macalg', 'sha1'],
}

/** Opening a PKCS#12 as the job process does it, against `openssl pkcs12` on the same file. Both check the MAC first. */
export function opening() {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-bench-'))
  try {
    const openssl = (...args) => execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] })
    openssl(
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-subj',
      '/CN=Bench',
      '-keyout',
      'key.pem',
      '-out',
      'c.pem',
    )
    const files = [
      write(openssl, folder, 'modern', few),
      write(openssl, folder, 'pbes2', many),
      write(openssl, folder, 'modern', many),
      write(openssl, folder, 'old', many),
    ]
    const theirs = files.map((file) => times(() => openssl('pkcs12', '-in', file, ...everything)))
    const ours = JSON.parse(
      execFileSync(process.execPath, [bundled('opening'), JSON.stringify({ files, rounds })]).toString(),
    )
    console.log(
      `  opening ${ours.map((ms) => median(ms).toFixed(0)).join(', ')} ms, openssl ${theirs.map((ms) => median(ms).toFixed(0)).join(', ')} ms`,
    )
    return ours.map((ms, place) => median(ms) / median(theirs[place]))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function write(openssl, folder, protection, iterations) {
  const name = `${protection}-${iterations}.p12`
  const pair = ['-inkey', 'key.pem', '-in', 'c.pem', '-out', name, '-passout', 'pass:bench']
  openssl('pkcs12', '-export', '-iter', String(iterations), ...protections[protection], ...pair)
  return join(folder, name)
}

function times(work) {
  return Array.from({ length: rounds }, () => {
    const begun = performance.now()
    work()
    return performance.now() - begun
  })
}
