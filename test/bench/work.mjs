import { execFileSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { median } from './median.mjs'
import { open } from './open.mjs'

const rounds = 15
const commandLine = join(dirname(process.env.LATCHKEY_BENCH_APP), '..', 'cli', 'latchkey.cjs')

/** The connection test against two curl calls to the same practice site, then the stall while a large key is made. */
export async function work() {
  const running = open('work')
  const { site } = await running.next('site')
  const curlMs = curls(site)
  running.goOn()
  const { probeMs } = await running.next('probeMs')
  const { stallMs } = await running.next('stallMs')
  await running.ended
  console.log(`  connection test ${median(probeMs).toFixed(1)} ms, two curl calls ${median(curlMs).toFixed(1)} ms`)
  return { probeRatio: median(probeMs) / median(curlMs), stallMs }
}

/** One call without and one with a certificate that the practice site has signed; nothing is checked, as cheap as it gets. */
function curls(site) {
  const { key, certificate } = clientFiles()
  const { hostname, port } = new URL(site)
  const common = ['--silent', '--insecure', '--output', '/dev/null', '--resolve', `${hostname}:${port}:127.0.0.1`, site]
  const pair = () => {
    const begun = performance.now()
    execFileSync('curl', common)
    execFileSync('curl', ['--key', key, '--cert', certificate, ...common])
    return performance.now() - begun
  }
  pair()
  return Array.from({ length: rounds }, pair)
}

function clientFiles() {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-bench-'))
  const [key, request, certificate] = ['key.pem', 'request.pem', 'certificate.pem'].map((name) => join(folder, name))
  const subject = ['-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=Bench']
  execFileSync('openssl', ['req', '-new', ...subject, '-keyout', key, '-out', request], { stdio: 'ignore' })
  execFileSync(process.execPath, [commandLine, 'issue', request, '--out', certificate], { stdio: 'ignore' })
  return { key, certificate }
}
