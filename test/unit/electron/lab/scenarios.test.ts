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
import type { ProbeReport } from '#shared/model/probe'
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
