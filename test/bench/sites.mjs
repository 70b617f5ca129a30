import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { rootCertificates } from 'node:tls'
import { fileURLToPath } from 'node:url'
import { median } from './median.mjs'

const here = dirname(fileURLToPath(import.meta.url))
const commandLine = join(dirname(process.env.LATCHKEY_BENCH_APP), '..', 'cli', 'latchkey.cjs')
/** As many at once as `latchkey test` (`cli/test.ts`). */
const atOnce = 8
const rounds = 5

/** Many sites tested from the command line: time against curl, and memory by the number of sites. */
export async function sites() {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-bench-'))
  makeFiles(folder)
  const server = spawn(process.execPath, [join(here, 'sites-server.mjs'), folder], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  try {
    const [port] = await once(createInterface({ input: server.stdout }), 'line')
    const ours = () => timed(() => tested(folder, port, 200))
    const theirs = (roots) => timed(() => curled(folder, port, 200, roots))
    const times = Array.from({ length: rounds }, () => [ours(), theirs('roots.pem'), theirs('root.pem')])
    const [oursMs, theirsMs, barelyMs] = [0, 1, 2].map((place) => median(times.map((round) => round[place])))
    const [sitesRatio, oneRootRatio] = [1, 2].map((place) => median(times.map((round) => round[0] / round[place])))
    const curls = `curl --parallel ${theirsMs.toFixed(0)} ms, with one root ${barelyMs.toFixed(0)} ms`
    console.log(`  200 sites ${oursMs.toFixed(0)} ms, ${curls}`)
    const [one, ten, thousand] = [1, 10, 1000].map((count) => tested(folder, port, count))
    return {
      sitesRatio,
      oneRootRatio,
      heldRatio: thousand.held / ten.held,
      peakMb: one.peakMb,
      manyPeakMb: thousand.peakMb,
      closedPeakMb: tested(folder, 9, 1).peakMb,
    }
  } finally {
    server.kill()
    rmSync(folder, { recursive: true, force: true })
  }
}

function makeFiles(folder) {
  const openssl = (...args) => execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' })
  const fresh = (name) => ['-newkey', 'rsa:2048', '-nodes', '-keyout', `${name}.key`, '-subj', `/CN=Bench ${name}`]
  openssl('req', '-x509', ...fresh('root'), '-out', 'root.pem', '-days', '30')
  const uses = {
    server: 'serverAuth\nsubjectAltName=DNS:*.bench.test',
    client: 'clientAuth\nkeyUsage=digitalSignature',
  }
  for (const [name, use] of Object.entries(uses)) {
    writeFileSync(join(folder, `${name}.ext`), `extendedKeyUsage=${use}\n`)
    openssl('req', '-new', ...fresh(name), '-out', `${name}.csr`)
    const signer = ['-CA', 'root.pem', '-CAkey', 'root.key', '-CAcreateserial']
    openssl(
      'x509',
      '-req',
      '-in',
      `${name}.csr`,
      ...signer,
      '-extfile',
      `${name}.ext`,
      '-days',
      '20',
      '-out',
      `${name}.pem`,
    )
  }
  // What a test trusts, too: `--ca` adds to the engine's roots, `--cacert` replaces curl's.
  writeFileSync(join(folder, 'roots.pem'), [...rootCertificates, readFileSync(join(folder, 'root.pem'))].join('\n'))
}

const addresses = (count) => Array.from({ length: count }, (_, place) => `https://site-${place}.bench.test/`)

/** One run of `latchkey test`, which tries each site without and with the certificate. */
function tested(folder, port, count) {
  const memory = join(folder, 'memory.json')
  const certificate = ['--cert', 'client.pem', '--key', 'client.key', '--ca', 'root.pem']
  const args = ['test', ...addresses(count), '--connect-to', `127.0.0.1:${port}`, ...certificate]
  const measuring = ['--expose-gc', '--require', join(here, 'memory-at-exit.cjs')]
  const env = { ...process.env, LATCHKEY_BENCH_MEMORY: memory }
  spawnSync(process.execPath, [...measuring, commandLine, ...args], { cwd: folder, env, stdio: 'ignore' })
  return JSON.parse(readFileSync(memory, 'utf8'))
}

/**
 * The same requests: all without, then all with the certificate. With the roots that every system has, a curl that has a
 * default folder for them (as Debian's) reads the list for each connection; with one root alone it has next to nothing to read.
 */
function curled(folder, port, count, roots) {
  const config = addresses(count).map((url) => `url=${url}\noutput=/dev/null\n`)
  writeFileSync(join(folder, 'urls'), config.join(''))
  const parallel = ['--silent', '--parallel', '--parallel-max', String(atOnce), '--config', 'urls']
  const common = [...parallel, '--connect-to', `::127.0.0.1:${port}`, '--cacert', roots]
  for (const certificate of [[], ['--cert', 'client.pem', '--key', 'client.key']])
    execFileSync('curl', [...common, ...certificate], { cwd: folder, stdio: 'ignore' })
}

function timed(work) {
  const begun = performance.now()
  work()
  return performance.now() - begun
}
