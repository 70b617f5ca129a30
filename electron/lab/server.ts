import { constants } from 'node:crypto'
import { createServer, type Server } from 'node:https'
import { createServer as createListener, type Server as Listener, type Socket } from 'node:net'
import { encodePem } from '#electron/pki/containers/pem'
import { certificatePem } from '#electron/pki/x509/pem'
import type { LabScenario } from '#shared/model/lab-scenario'
import { refuseCertificate } from './alerts'
import { type EdgeInput, handle, type Places } from './edge'
import type { LabPki } from './pki'
import { scenarios } from './scenarios/index'
import type { Scenario, ServerIdentity } from './scenarios/scenario'

export type LabServerInput = Omit<EdgeInput, 'scenario'>

export interface LabServer extends Places {
  /** Breaks the site in this way, or mends it (null). Connections that are open end. */
  use(scenario: LabScenario | null): Promise<void>
  stop(): Promise<void>
}

/** What becomes of a connection. */
type Connected = (socket: Socket) => void

/**
 * Serves the Access edge, the application behind it and the team's public keys, on loopback and under one exact name. Whatever
 * is broken at the site, a second port goes on signing requests: a test of a broken site needs a certificate, too.
 */
export async function startLabServer(input: LabServerInput): Promise<LabServer> {
  const places: Places = { port: 0, issuePort: 0 }
  const usual = await connectedTo({ ...input, scenario: {} }, places, null)
  const gated = createGatedSites(input, places)
  let scenario: Scenario = {}
  let current = usual
  const site = await listen((socket) => {
    connect(socket).catch(() => socket.destroy())
  })
  const issuing = await listen(usual).catch(async (error: unknown) => {
    await site.stop()
    throw error
  })

  async function connect(socket: Socket): Promise<void> {
    const before = current
    const gate = scenario.policy === undefined ? await input.gate() : null
    // What is broken on purpose stays so; who broke it meanwhile ended the connections that were open.
    const connected = gate === null ? before : await gated(scenario, gate.cas)
    connected(socket)
  }

  places.port = site.port
  places.issuePort = issuing.port
  return {
    ...places,
    async use(name) {
      const next: Scenario = name === null ? {} : scenarios[name]
      current = name === null ? usual : await connectedTo({ ...input, scenario: next }, places, null)
      scenario = next
      site.endConnections()
    },
    async stop() {
      await Promise.all([site.stop(), issuing.stop()])
    },
  }
}

/** The site as it is while the practice account decides: it names other CAs. The last one is kept, until they change. */
function createGatedSites(input: LabServerInput, places: Places) {
  let last: { scenario: Scenario; key: string; connected: Promise<Connected> } | null = null
  return (scenario: Scenario, cas: Uint8Array[]): Promise<Connected> => {
    const key = cas.map(certificatePem).join('')
    if (last === null || last.key !== key || last.scenario !== scenario)
      last = { scenario, key, connected: connectedTo({ ...input, scenario }, places, cas) }
    return last.connected
  }
}

/** `uploaded`: the CAs that the practice account has for the site, DER; null while it decides nothing. */
async function connectedTo(input: EdgeInput, places: Places, uploaded: Uint8Array[] | null): Promise<Connected> {
  const { pki, scenario, clock } = input
  const { bare, alert } = scenario
  if (bare !== undefined) return bare
  const own = uploaded === null ? clientAuthorities(pki) : uploaded.map(certificatePem)
  const ca = (await scenario.issuers?.(clock.now())) ?? own
  const usual = usualIdentity(pki)
  const changed = (await scenario.certificate?.(pki, clock.now())) ?? usual
  if (alert !== undefined) return (socket) => refuseCertificate(socket, { ...changed, ca }, alert)
  const speaking = (identity: ServerIdentity): Connected => {
    const asks = (scenario.asks ?? true) && ca.length > 0
    const server = createSite(input, places, identity, { ca, asks, scheme: scenario.signatureScheme ?? null })
    return (socket) => void server.emit('connection', socket)
  }
  const broken = speaking(changed)
  if (scenario.isEverySecond !== true) return broken
  const whole = speaking(usual)
  let isOdd = false
  return (socket) => {
    isOdd = !isOdd
    const connected = isOdd ? whole : broken
    connected(socket)
  }
}

const isOnBoring = process.versions['electron'] !== undefined

const clientAuthorities = ({ clientIntermediate, clientRoot }: LabPki) =>
  [clientIntermediate, clientRoot].map(({ certificate }) => certificatePem(certificate))

const usualIdentity = ({ server, serverRoot }: LabPki): ServerIdentity => ({
  cert: certificatePem(server.certificate) + certificatePem(serverRoot.certificate),
  key: encodePem('PRIVATE KEY', server.pkcs8),
})

/** It listens nowhere itself: connections are handed to it. */
function createSite(
  input: EdgeInput,
  places: Places,
  { cert, key, isWeak }: ServerIdentity,
  { ca, asks, scheme }: { ca: string[]; asks: boolean; scheme: string | null },
): Server {
  const server = createServer(
    {
      cert,
      key,
      ca,
      requestCert: asks,
      // As at the edge, a client without a valid certificate still gets a response.
      rejectUnauthorized: false,
      minVersion: scheme === null ? 'TLSv1.2' : 'TLSv1.3',
      ...(scheme === null ? {} : { sigalgs: scheme }),
      // BoringSSL serves any certificate, and does not know OpenSSL's levels.
      ...(isWeak === true && !isOnBoring ? { ciphers: 'DEFAULT:@SECLEVEL=0' } : {}),
      // A resumed session would be accepted without its certificate (CVE-2025-23419), so every connection needs a full handshake.
      secureOptions: constants.SSL_OP_NO_TICKET,
      ALPNProtocols: ['http/1.1'],
    },
    (request, response) => {
      handle(input, places, request, response).catch(() => response.destroy())
    },
  )
  server.on('tlsClientError', (_error, socket) => socket.destroy())
  return server
}

/** On loopback, at a free port. */
async function listen(connected: Connected): Promise<{ port: number; endConnections(): void; stop(): Promise<void> }> {
  const open = new Set<Socket>()
  const listener = createListener({ allowHalfOpen: true }, (socket) => {
    open.add(socket)
    // A client may leave at any moment, also where nothing speaks TLS yet.
    socket.on('error', () => undefined)
    socket.once('close', () => open.delete(socket))
    connected(socket)
  })
  await new Promise<void>((resolve, reject) => {
    listener.once('error', reject)
    listener.listen(0, '127.0.0.1', resolve)
  })
  const endConnections = () => {
    for (const socket of open) socket.destroy()
  }
  return {
    port: portOf(listener),
    endConnections,
    stop: () =>
      new Promise((resolve) => {
        listener.close(() => resolve())
        endConnections()
      }),
  }
}

function portOf(listener: Listener): number {
  const address = listener.address()
  if (address === null || typeof address === 'string') throw new Error('The practice site has no port.')
  return address.port
}
