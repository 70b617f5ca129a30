import { connect, createServer, type Server, type Socket } from 'node:net'
import type { ConnectTo } from '#shared/model/host'

/**
 * Chromium's `--host-resolver-rules` cannot be changed while it runs, so "connect to another address" is a CONNECT
 * tunnel on loopback for one visit: the name stays in SNI and Host, TLS goes end to end, only the address differs.
 */
export async function openTunnel(target: ConnectTo): Promise<{ proxyRules: string; close(): void }> {
  const sockets = new Set<Socket>()
  const server = createServer((client) => {
    sockets.add(client)
    client.on('error', () => client.destroy())
    client.once('data', (head) => forward(client, head, target, sockets))
  })
  const port = await listen(server)
  return {
    proxyRules: `http://127.0.0.1:${port}`,
    close() {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}

function forward(client: Socket, head: Buffer, target: ConnectTo, sockets: Set<Socket>): void {
  if (!head.toString('latin1').startsWith('CONNECT ')) {
    client.end('HTTP/1.1 405 Method Not Allowed\r\n\r\n')
    return
  }
  const upstream = connect({ host: target.address, port: target.port }, () => {
    client.write('HTTP/1.1 200 Connection established\r\n\r\n')
    client.pipe(upstream).pipe(client)
  })
  sockets.add(upstream)
  upstream.on('error', () => client.end('HTTP/1.1 502 Bad Gateway\r\n\r\n'))
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      if (address === null || typeof address === 'string') reject(new Error('The tunnel has no port.'))
      else resolve(address.port)
    })
  })
}
