import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { median } from './median.mjs'
import { open } from './open.mjs'

const rounds = 15
const commandLine = join(dirname(process.env.LATCHKEY_BENCH_APP), '..', 'cli', 'latchkey.cjs')

/**
 * The connection test against two curl calls to the same practice site, which runs in a process of its own as any site
 * does; then the stall while a large key is made. The two take turns, so that what else the machine does meets both.
 */
export async function work() {
  const site = await practiceSite()
  const running = open('work')
  const pair = curls(site.address)
  const probeMs = []
  const curlMs = []
  for (let round = 0; round < rounds; round += 1) {
    probeMs.push((await running.next('probeMs')).probeMs)
    curlMs.push(pair())
    running.goOn()
  }
  const { stallMs } = await running.next('stallMs')
  await running.ended
  await site.end()
  console.log(`  connection test ${median(probeMs).toFixed(1)} ms, two curl calls ${median(curlMs).toFixed(1)} ms`)
  return { probeRatio: median(probeMs.map((ms, round) => ms / curlMs[round])), stallMs }
}

/** `latchkey lab`, running until ended; the app finds it by its announcement. */
async function practiceSite() {
  const child = spawn(process.execPath, [commandLine, 'lab', '--json'], { stdio: ['ignore', 'pipe', 'ignore'] })
  const [line] = await once(createInterface({ input: child.stdout }), 'line')
  const end = async () => {
    const ended = once(child, 'exit')
    child.kill('SIGTERM')
    await ended
  }
  return { address: JSON.parse(line).address, end }
}

/** Times one call without and one with a certificate that the practice site has signed. Both check the server, as the test does. */
function curls(site) {
  const { key, certificate, root } = clientFiles()
  const { hostname, port } = new URL(site)
  const to = ['--resolve', `${hostname}:${port}:127.0.0.1`, '--cacert', root, site]
  const common = ['--silent', '--fail-with-body', '--output', '/dev/null', ...to]
  const pair = () => {
    const begun = performance.now()
    refused('curl', common)
    execFileSync('curl', ['--key', key, '--cert', certificate, ...common])
    return performance.now() - begun
  }
  pair()
  return pair
}

/** 403 without a certificate; anything else would measure something else. */
function refused(command, args) {
  const { status } = spawnSync(command, args)
  if (status !== 22) throw new Error(`curl without a certificate ended with ${status} instead of 22 (403).`)
}

function clientFiles() {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-bench-'))
  const names = ['key.pem', 'request.pem', 'certificate.pem', 'root.pem']
  const [key, request, certificate, root] = names.map((name) => join(folder, name))
  const announced = JSON.parse(readFileSync(join(process.env.LATCHKEY_HOME, 'practice.json'), 'utf8'))
  writeFileSync(root, announced.serverRootPem)
  const subject = ['-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=Bench']
  execFileSync('openssl', ['req', '-new', ...subject, '-keyout', key, '-out', request], { stdio: 'ignore' })
  execFileSync(process.execPath, [commandLine, 'issue', request, '--out', certificate], { stdio: 'ignore' })
  return { key, certificate, root }
}
