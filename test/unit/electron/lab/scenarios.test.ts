import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { noGate } from '#electron/lab/gate'
import { createLab, type RunningLab } from '#electron/lab/index'
import { encodePem } from '#electron/pki/containers/pem'
import { generateKey } from '#electron/pki/keys'
import { createRequest } from '#electron/pki/request'
import { certificatePem } from '#electron/pki/x509/pem'
import { systemClock } from '#electron/platform/clock'
import { systemRandom } from '#electron/platform/random'
import { createDirectProbe } from '#electron/probe/direct'
import { withApplicationAnswer } from '#electron/probe/metadata'
import type { ProbeIdentity } from '#electron/probe/probe'
import { systemRoots } from '#electron/probe/roots'
import { describeTested, testConnection } from '#electron/services/connection-test'
import { labScenarios } from '#shared/logic/lab-scenarios/index'
import { RequestDraft } from '#shared/model/identity'
import { HostId, ReportId } from '#shared/model/ids'
import { LabScenario, LabScenarioGroup } from '#shared/model/lab-scenario'
import { CauseCode, type ProbeReport } from '#shared/model/probe'
import { identityFrom, probeInput, testResolver } from '../../../support/probe'

let lab: RunningLab
let identity: ProbeIdentity

beforeAll(async () => {
  lab = await createLab({ clock: systemClock, random: systemRandom, gate: noGate })()
  const pair = await generateKey('p-256')
  const request = await createRequest(RequestDraft.parse({ subject: { commonName: 'Ada' } }), pair.pkcs8)
  const [intermediate] = lab.clientChain
  identity = identityFrom(
    certificatePem(await lab.issue(request)),
    encodePem('PRIVATE KEY', pair.pkcs8),
    intermediate === undefined ? '' : certificatePem(intermediate),
  )
})
afterAll(() => lab.stop())

/** The test that the window and the command line make of the practice site. */
async function test(timeoutMs = 10_000): Promise<ProbeReport> {
  const issuer = { kind: 'keys' as const, keys: lab.jwks().keys }
  const dependencies = {
    resolver: testResolver,
    clock: systemClock,
    tokenKeys: { keysFor: async (asked: string) => (asked === lab.issuer ? issuer : { kind: 'unknown' as const }) },
    roots: systemRoots,
  }
  const input = probeInput(lab.port, { hostname: lab.hostname, pinnedKey: lab.serverKeySha256 })
  const tested = describeTested('Ada', identity.certificates, [], systemClock.now())
  if (tested === null) throw new Error('No certificate.')
  const { report } = await testConnection({
    probe: withApplicationAnswer(createDirectProbe(dependencies), dependencies),
    report: ReportId.parse(randomUUID()),
    host: { ...input.host, practice: true, id: HostId.parse(randomUUID()) },
    identity: {
      id: null,
      presented: { ...identity, pkcs8: identity.pkcs8 === null ? null : Uint8Array.from(identity.pkcs8) },
      tested,
    },
    mode: 'direct',
    network: {
      extraRoots: [lab.serverRootPem],
      extraRootsFrom: 'the practice site’s own',
      proxy: null,
      unusedProxy: null,
      family: null,
      http1: false,
      timeoutMs,
    },
    signal: new AbortController().signal,
    clock: systemClock,
    account: null,
  })
  return report
}

it.each(LabScenario.options)('broken as %s, a test names that cause', async (scenario) => {
  await lab.use(scenario)
  const { findings, verdict } = await test(scenario === 'too-slow' || scenario === 'answer-too-slow' ? 600 : 10_000)
  const [first] = findings
  expect({ verdict: verdict.kind, code: first?.code, isSure: first?.certainty !== 'possible' }).toEqual({
    verdict: verdict.kind,
    code: scenario,
    isSure: true,
  })
})

/**
 * Every cause without a switch, and why a server alone cannot bring it about. A new cause fails the type check here until it
 * has a switch or a reason.
 */
const withoutSwitch: Record<Exclude<CauseCode, LabScenario>, string> = {
  'certificate-expired': 'Your own certificate has to be changed.',
  'certificate-not-yet-valid': 'Your own certificate has to be changed.',
  'certificate-without-client-use': 'Your own certificate, or its issuer, has to be changed.',
  'certificate-cannot-sign': 'Your own certificate has to be changed.',
  'certificate-self-signed': 'Your own certificate has to be changed.',
  'issuers-not-sent': 'The intermediate has to be missing beside your own certificate.',
  'expired-issuer-sent': 'The intermediate beside your own certificate has to be changed.',
  'key-too-small': 'Your own key has to be changed.',
  'certificate-signed-with-sha1': 'Your own certificate has to be changed.',
  'certificate-demanded': 'The site does that as it is, to whoever tests it without a certificate.',
  'key-not-installed': 'It is about the store of this computer.',
  'name-not-found': 'No name server is asked for the name of the practice site.',
  'name-server-unreachable': 'No name server is asked for the name of the practice site.',
  'nobody-listens': 'The site would have to give up its port, which any other program could then take.',
  'network-unreachable': 'It is about the routes of this computer.',
  'proxy-unreachable': 'No proxy is used for the practice site.',
  'proxy-wants-login': 'No proxy is used for the practice site.',
  'proxy-refuses': 'No proxy is used for the practice site.',
  'proxy-cannot-connect': 'No proxy is used for the practice site.',
  'proxy-not-used': 'No proxy is used for the practice site.',
  'token-unverified': 'The keys of the practice site are always known here. A team’s are fetched over the network.',
}

it('has a switch or a reason for each cause, and never both', () => {
  expect([...LabScenario.options, ...Object.keys(withoutSwitch)].sort()).toEqual([...CauseCode.options].sort())
})

it('works again once it is mended', async () => {
  await lab.use('server-certificate-expired')
  await lab.use(null)
  expect((await test()).verdict.kind).toBe('let-in')
})

it('has words for each scenario, none twice, in groups that follow each other', () => {
  const listed = Object.entries(labScenarios)
  expect(listed.map(([id]) => id).sort()).toEqual([...LabScenario.options].sort())
  expect(new Set(listed.map(([, { title }]) => title)).size).toBe(listed.length)
  const groups = listed.map(([, { group }]) => group)
  expect(groups.filter((group, index) => group !== groups[index - 1])).toEqual(LabScenarioGroup.options)
  for (const [, { broken }] of listed) expect(broken).toMatch(/^\p{Lu}.*\.$/u)
})
