import { spawn } from 'node:child_process'
import { type AddressInfo, connect, createServer } from 'node:net'
import { openWorkshop, type Workshop } from './openssl'

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

export async function serveCfssl(): Promise<CfsslServe> {
  const workshop = await openWorkshop()
  const key = { algo: 'ecdsa', size: 256 }
  await workshop.write('ca-csr.json', JSON.stringify({ CN: 'Remote CA', key }))
  const made = JSON.parse(await workshop.run('cfssl', ['gencert', '-initca', 'ca-csr.json'])) as Record<string, string>
  await workshop.write('ca.pem', made['cert'] ?? '')
  await workshop.write('ca-key.pem', made['key'] ?? '')
  const client = { usages: ['signing', 'client auth'], expiry: '8760h' }
  const server = { usages: ['signing', 'server auth'], expiry: '8760h' }
  const profiles = { client, server, guarded: { ...client, auth_key: 'shared' } }
  const config = { signing: { default: client, profiles }, auth_keys: { shared: { type: 'standard', key: authKey } } }
  await workshop.write('config.json', JSON.stringify(config))
  const port = await freePort()
  const place = ['-address', '127.0.0.1', '-port', String(port)]
  const authority = ['-ca', 'ca.pem', '-ca-key', 'ca-key.pem', '-config', 'config.json']
  const child = spawn('cfssl', ['serve', ...place, ...authority], { cwd: workshop.folder, stdio: 'ignore' })
  await listening(port)
  return {
    url: new URL(`http://127.0.0.1:${port}`),
    authKey,
    workshop,
    async stop() {
      child.kill()
      await workshop.remove()
    },
  }
}

export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => resolve(port))
    })
  })
}

/** Tried again until the connection is taken; the hook's own limit ends it. */
function listening(port: number): Promise<void> {
  return new Promise((resolve) => {
    const attempt = () => {
      const socket = connect(port, '127.0.0.1')
      socket.once('error', () => setImmediate(attempt))
      socket.once('connect', () => {
        socket.destroy()
        resolve()
      })
    }
    attempt()
  })
}
