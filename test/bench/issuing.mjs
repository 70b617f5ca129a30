import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bundled } from './bundled.mjs'

const entries = 100_000
/** Enough of openssl's loop to know the rest of it. */
const sample = 40

/** The administrator's half against openssl: issuing, CRLs, and the list of what was issued. */
export function issuing() {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-bench-'))
  try {
    const openssl = (...args) => execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] })
    const kinds = [
      ['ec', 'ec_paramgen_curve:P-256'],
      ['rsa', 'rsa_keygen_bits:4096'],
    ]
    const issuers = kinds.map(([name, option]) => issuer(openssl, folder, name, option))
    const loops = kinds.map(([name]) => (timed(() => signLoop(openssl, name)) * 1000) / sample)
    writeIndex(folder)
    const gencrl = ['ca', '-gencrl', '-config', 'ca.cnf', '-keyfile', 'ec.key', '-cert', 'ec.pem', '-crldays', '30']
    const writeMs = fastest(() => openssl(...gencrl, '-out', 'list.pem'))
    const readMs = fastest(() => openssl('crl', '-in', 'list.pem', '-noout', '-hash'))
    const ours = measured(folder, issuers)
    console.log(`  1,000 certificates ${ours.issueMs.map((ms) => ms.toFixed(0)).join(' and ')} ms (P-256, RSA 4096)`)
    return {
      issueRatios: ours.issueMs.map((ms, place) => ms / loops[place]),
      crlWriteRatio: ours.writeMs / writeMs,
      crlReadRatio: ours.readMs / readMs,
      searchMs: ours.searchMs,
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function issuer(openssl, folder, name, option) {
  const [certificate, key] = [`${name}.pem`, `${name}.key`]
  const fresh = ['-newkey', name, '-pkeyopt', option, '-nodes', '-keyout', key]
  openssl('req', '-x509', ...fresh, '-out', certificate, '-subj', `/CN=Bench ${name}`, '-days', '30')
  openssl('req', '-new', '-key', key, '-out', `${name}.csr`, '-subj', '/CN=Client')
  return { certificate: join(folder, certificate), key: join(folder, key) }
}

function signLoop(openssl, name) {
  const files = ['-in', `${name}.csr`, '-CA', `${name}.pem`, '-CAkey', `${name}.key`, '-out', 'client.pem']
  for (let round = 0; round < sample; round += 1) openssl('x509', '-req', ...files, '-CAcreateserial', '-days', '365')
}

function writeIndex(folder) {
  const line = (place) => {
    const serial = (0x4000000000000000n + BigInt(place) * 7919n).toString(16).toUpperCase()
    return `R\t360101000000Z\t260101000000Z,superseded\t${serial}\tunknown\t/CN=Client ${place}\n`
  }
  writeFileSync(join(folder, 'index.txt'), Array.from({ length: entries }, (_, place) => line(place)).join(''))
  writeFileSync(join(folder, 'crlnumber'), '01\n')
  const settings = 'database=index.txt\ncrlnumber=crlnumber\ndefault_md=sha256\n'
  writeFileSync(join(folder, 'ca.cnf'), `[ca]\ndefault_ca=bench\n[bench]\n${settings}`)
}

function measured(folder, issuers) {
  const order = JSON.stringify({ issuers, entries })
  return JSON.parse(execFileSync(process.execPath, [bundled('issuing'), order], { cwd: folder }).toString())
}

function timed(work) {
  const begun = performance.now()
  work()
  return performance.now() - begun
}

const fastest = (work) => Math.min(...Array.from({ length: 5 }, () => timed(work)))
