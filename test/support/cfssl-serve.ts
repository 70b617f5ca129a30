import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { openWorkshop, type Workshop } from './openssl'
import { freePort } from './ports'

/** A real `cfssl serve` on loopback with a CA of its own: the profile `client` for anybody, `guarded` for those with the key. */
export interface CfsslServe {
  url: URL
  /** Hex, for the profile `guarded`. */
  authKey: string
  /** With `ca.pem`, the certificate of its CA. */
  workshop: Workshop
  stop(): Promise<void>
}

const authKey = '0123456789ABCDEF0123456789ABCDEF'

/** `more`: profiles besides, by name, as in cfssl's configuration. */
export async function serveCfssl(more: Record<string, unknown> = {}): Promise<CfsslServe> {
  const workshop = await openWorkshop()
  const key = { algo: 'ecdsa', size: 256 }
  await workshop.write('ca-csr.json', JSON.stringify({ CN: 'Remote CA', key }))
  const made = JSON.parse(await workshop.run('cfssl', ['gencert', '-initca', 'ca-csr.json'])) as Record<string, string>
  await workshop.write('ca.pem', made['cert'] ?? '')
  await workshop.write('ca-key.pem', made['key'] ?? '')
  const client = { usages: ['signing', 'client auth'], expiry: '8760h' }
  const server = { usages: ['signing', 'server auth'], expiry: '8760h' }
  const profiles = { client, server, guarded: { ...client, auth_key: 'shared' }, ...more }
  const config = { signing: { default: client, profiles }, auth_keys: { shared: { type: 'standard', key: authKey } } }
  await workshop.write('config.json', JSON.stringify(config))
  const { url, child } = await startServing(workshop)
  return {
    url,
    authKey,
    workshop,
    async stop() {
      const ended = once(child, 'exit')
      child.kill()
      await ended
      await workshop.remove()
    },
  }
}

/** cfssl binds its port itself. Where another program was faster it ends, and the next port is tried. */
async function startServing(workshop: Workshop): Promise<{ url: URL; child: ChildProcess }> {
  const authority = ['-ca', 'ca.pem', '-ca-key', 'ca-key.pem', '-config', 'config.json']
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const port = await freePort()
    const args = ['serve', '-address', '127.0.0.1', '-port', String(port), ...authority]
    const child = spawn('cfssl', args, { cwd: workshop.folder, stdio: 'ignore' })
    const url = new URL(`http://127.0.0.1:${port}`)
    if (await serves(url, child, String(await workshop.read('ca.pem')))) return { url, child }
  }
  throw new Error('cfssl does not serve.')
}

/** Asked until it answers with its own CA; whoever else may be at this port has another. False once it has ended. */
async function serves(url: URL, child: ChildProcess, caPem: string): Promise<boolean> {
  const ended = new AbortController()
  child.once('exit', () => ended.abort())
  child.once('error', () => ended.abort())
  const asking = { method: 'POST', body: '{}', signal: ended.signal }
  while (!ended.signal.aborted) {
    const info = await fetch(new URL('/api/v1/cfssl/info', url), asking)
      .then((response) => response.text())
      .catch(() => '')
    if (info.includes(JSON.stringify(caPem.trim()).slice(1, -1))) return true
  }
  return false
}
