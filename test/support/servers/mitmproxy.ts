import { programOf } from './packages'
import { launch, openServerFolder, type ServerIdentity } from './server'

export interface MitmproxyOptions {
  /** The CA that it issues servers' certificates with, in PEM. */
  authority: Pick<ServerIdentity, 'chain' | 'key'>
  /** Tunnels what is for this name, untouched. */
  ignores?: string
}

/** A proxy that decrypts what goes through it, as companies run them. Every name leads to loopback. */
export async function startMitmproxy(options: MitmproxyOptions): Promise<{ port: number; stop(): Promise<void> }> {
  const { command, env, root } = await programOf('usr/bin/mitmdump', 'mitmproxy')
  const { authority, ignores } = options
  const workshop = await openServerFolder({ identity: { ...authority, root: '' }, clientAuth: 'none' })
  await workshop.write('mitmproxy-ca.pem', `${authority.key}${authority.chain}`)
  await workshop.write('to-loopback.py', toLoopback)
  return launch({
    // Debian's own Python, whatever stands before it on the PATH: the modules are made for it.
    program: {
      command: '/usr/bin/python3',
      root,
      env: { ...env, PYTHONPATH: `${root}/usr/lib/python3/dist-packages` },
    },
    workshop,
    args: (port) => [
      command,
      ...['--listen-host', '127.0.0.1', '--listen-port', String(port), '--ssl-insecure', '--quiet'],
      ...['--set', `confdir=${workshop.folder}`, '--scripts', workshop.path('to-loopback.py')],
      ...(ignores === undefined ? [] : ['--ignore-hosts', ignores.replaceAll('.', '\\.')]),
    ],
  })
}

const toLoopback = `
def server_connect(data):
    data.server.address = ("127.0.0.1", data.server.address[1])
`
