import { createServer } from 'node:http'
import { connect, type Socket } from 'node:net'
import { listen } from '../ports'

/** What a proxy says to CONNECT: the bytes of its answer, after which it hangs up. Null: it tunnels. */
export type ConnectAnswer = string | null

/** A proxy of our own, for the answers that squid does not give. It tunnels to loopback, whatever the name. */
export async function startProxy(
  answer: ConnectAnswer,
): Promise<{ port: number; asked: readonly string[]; stop(): Promise<void> }> {
  const server = createServer()
  const open = new Set<Socket>()
  const asked: string[] = []
  const keep = (socket: Socket) => {
    open.add(socket)
    socket.on('error', () => undefined)
    socket.once('close', () => open.delete(socket))
  }
  server.on('connection', keep)
  server.on('connect', (request, socket: Socket, head: Buffer) => {
    asked.push(request.url ?? '')
    if (answer !== null) {
      socket.end(answer)
      return
    }
    const target = connect(Number(/:(\d+)$/u.exec(request.url ?? '')?.[1] ?? 0), '127.0.0.1')
    keep(target)
    target.once('connect', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      target.write(head)
      socket.pipe(target).pipe(socket)
    })
    target.once('error', () => socket.destroy())
  })
  const port = await listen(server)
  return {
    port,
    asked,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of open) socket.destroy()
      }),
  }
}
