import { randomUUID, X509Certificate } from 'node:crypto'
import { keySha256 } from '#electron/pki/keys'
import { certificatesIn } from '#electron/pki/x509/pem'
import { systemClock } from '#electron/platform/clock'
import { createDirectProbe } from '#electron/probe/direct'
import { withApplicationAnswer } from '#electron/probe/metadata'
import type { ProbeInput } from '#electron/probe/probe'
import { type RootList, type Roots, systemRoots } from '#electron/probe/roots'
import { describeTested, testConnection } from '#electron/services/connection-test'
import { HostId, ReportId } from '#shared/model/ids'
import type { ProbeReport } from '#shared/model/probe'
import { probeInput, testResolver } from '../support/probe'
import { type ScenarioPki, usualHostname } from './pki'
import type { Scenario, ScenarioServer } from './scenario'
import { teamKeys } from './tokens'

/** One test by the real direct probe, judged as Latchkey judges it. */
export async function runScenario(scenario: Scenario, server: ScenarioServer, pki: ScenarioPki): Promise<ProbeReport> {
  const dependencies = {
    resolver: scenario.resolver ?? testResolver,
    clock: systemClock,
    tokenKeys: teamKeys,
    roots: rootsOf(scenario, server),
  }
  const { host, identity, signal, ...network } = inputOf(scenario, server, pki)
  const tested =
    identity === null ? null : describeTested(scenario.certificate ?? '', identity.certificates, [], systemClock.now())
  const { report } = await testConnection({
    probe: withApplicationAnswer(createDirectProbe(dependencies), dependencies),
    report: ReportId.parse(randomUUID()),
    host: { ...host, id: HostId.parse(randomUUID()) },
    identity: identity === null || tested === null ? null : { id: null, presented: identity, tested },
    mode: 'direct',
    network: { ...network, unusedProxy: scenario.unusedProxy ?? null },
    signal,
    clock: systemClock,
    account: null,
  })
  return report
}

/** The system's, or one that knows the server's root as its administrator's own. */
function rootsOf({ rootIs }: Scenario, { rootPem }: ScenarioServer): () => Roots {
  if (rootIs !== 'administrator') return systemRoots
  const { certificates, from, lists } = systemRoots()
  const added: RootList = { origin: 'administrator', certificates: certificatesIn(rootPem) }
  const all = [...lists(), added]
  return () => ({ certificates: [...certificates, rootPem], lists: () => all, from })
}

function inputOf(scenario: Scenario, { port, rootPem, proxy }: ScenarioServer, pki: ScenarioPki): ProbeInput {
  const { hostname = usualHostname, path = '/', certificate, timeoutMs = 10_000, rootIs = 'given' } = scenario
  const input = probeInput(port, {
    hostname,
    path,
    timeoutMs,
    identity: certificate === null ? null : copyOf(pki.clients[certificate].identity),
    extraRoots: rootIs !== 'given' || rootPem === '' ? [] : [rootPem],
    ...(scenario.pins === undefined ? {} : { pinnedKey: keyOf(pki.server[scenario.pins].chain) }),
    ...(proxy === undefined ? {} : { proxy: proxyOf(proxy) }),
  })
  return { ...input, host: { ...input.host, connectTo: scenario.connectTo?.(port) ?? null } }
}

/** A test may wipe the key that it was given. */
const copyOf = <Identity extends { pkcs8: Uint8Array | null }>(identity: Identity): Identity => ({
  ...identity,
  pkcs8: identity.pkcs8 === null ? null : Uint8Array.from(identity.pkcs8),
})

/** SHA-256 of the leaf's SubjectPublicKeyInfo: what a pin refers to. */
const keyOf = (chain: string) => keySha256(new X509Certificate(chain).publicKey.export({ type: 'spki', format: 'der' }))

const proxyOf = ({ port, credentials }: NonNullable<ScenarioServer['proxy']>) => ({
  protocol: 'http' as const,
  hostname: '127.0.0.1',
  port,
  credentials: credentials ?? null,
  from: 'environment' as const,
})
