import type { Resolver } from '#electron/platform/resolver'
import type { UnusedProxy } from '#shared/model/attempt'
import type { ConnectTo } from '#shared/model/host'
import type { RunningServer } from '../support/servers/server'
import type { ClientName, ScenarioPki } from './pki'

/** Where a test is to connect, if it is not simply the server. */
export interface ScenarioServer extends RunningServer {
  proxy?: { port: number; credentials?: { user: string; password: string } }
}

export type StartServer = (pki: ScenarioPki) => Promise<ScenarioServer>

/** How a server is set up, and what is tried on it. What has to be said of it stands in `expected.ts`, under the same name. */
export interface Scenario {
  name: string
  /** Scenarios with the same function share one server. */
  server: StartServer
  /** Null: no certificate is chosen. */
  certificate: ClientName | null
  hostname?: string
  path?: string
  /** A SOCKS proxy that this computer names. */
  unusedProxy?: UnusedProxy
  /** Instead of the server's own port: somewhere else, or nowhere. */
  connectTo?: (port: number) => ConnectTo
  resolver?: Resolver
  timeoutMs?: number
  /** Whether the root of the server's certificate is given for the test, as usual, unknown, or one of the system's own. */
  rootIs?: 'given' | 'unknown' | 'administrator'
  /** The key of this one of the servers' certificates has been agreed to. */
  pins?: keyof ScenarioPki['server']
  /** Its server is made of this process' own TLS, and only OpenSSL lets it behave so. */
  onOpensslOnly?: true
  /** What it is about is how BoringSSL differs. */
  onBoringOnly?: true
  /** What a server's timing could change: it runs several times, and the verdict must be the same each time. */
  race?: true
  /** Runs in `npm test`; the others only in `npm run soak`. Every cause has one. */
  sample?: true
}
