import { readAccount } from '#electron/cloudflare/account/read'
import { explain } from '#electron/cloudflare/explain/explain'
import { findApplication } from '#electron/cloudflare/explain/find-application'
import { createPracticeApi } from '#electron/cloudflare/practice/api'
import { type PracticeState, practiceToken, uploadedCertificates } from '#electron/cloudflare/practice/state'
import type { PracticeStore } from '#electron/cloudflare/practice/store'
import { visitorWith } from '#electron/cloudflare/visitor'
import type { Gate, GateState } from '#electron/lab/gate'
import { labHostname } from '#electron/lab/pki'
import type { Decision } from '#electron/lab/policy'
import type { ClientVerdict } from '#electron/lab/verify'
import { decodePem } from '#electron/pki/containers/pem'
import { certificateMd5 } from '#electron/pki/x509/read'
import type { Clock } from '#electron/platform/clock'
import type { Random } from '#electron/platform/random'
import type { AccessAccount } from '#shared/model/access-account'
import type { Explanation } from '#shared/model/access-explanation'
import { toInstant } from '#shared/model/ids'

interface GatePorts {
  store: PracticeStore
  clock: Clock
  random: Random
}

/**
 * Lets the practice account of Access decide who gets in at the practice site, from the moment it has a CA or an application
 * for it. It decides by the same rules by which Latchkey explains a real account.
 */
export function createPracticeGate(ports: GatePorts): Gate {
  let last: { state: PracticeState; gate: Promise<GateState | null> } | null = null
  return async () => {
    const state = await ports.store.read()
    if (last?.state !== state) last = { state, gate: gateOf(state, ports) }
    return last.gate
  }
}

/** The practice account while it decides about the site; null while it has nothing to do with it. */
export const readPracticeAccount = async (ports: GatePorts): Promise<AccessAccount | null> =>
  decidingAccount(await ports.store.read(), ports)

async function decidingAccount(state: PracticeState, ports: GatePorts): Promise<AccessAccount | null> {
  const account = await readState(state, ports)
  const isCovered = findApplication(account, { hostname: labHostname, path: '/' }).candidates.length > 0
  const hasCa = account.cas.some(({ hostnames }) => hostnames.includes(labHostname))
  return hasCa || isCovered || account.applications.some(isAtSite) ? account : null
}

async function gateOf(state: PracticeState, ports: GatePorts): Promise<GateState | null> {
  const account = await decidingAccount(state, ports)
  if (account === null) return null
  const cas = uploadedCertificates({ cas: state.cas.filter(({ hostnames }) => hostnames.includes(labHostname)) })
  return {
    cas,
    forwards: account.settings.some(({ hostname, forwarding }) => hostname === labHostname && forwarding),
    decide: (path, verified) => decideFor(account, cas, path, verified, ports.clock.now()),
  }
}

const isAtSite = ({ destinations }: AccessAccount['applications'][number]): boolean =>
  destinations.some((one) => one.kind === 'public' && one.uri.split('/')[0] === labHostname)

/** With the certificates of every CA: in practice all of them are here. */
async function readState(state: PracticeState, { store, clock, random }: GatePorts): Promise<AccessAccount> {
  const api = createPracticeApi({ store: { ...store, read: async () => state }, clock, random })
  const { account } = await readAccount(api, clock, { token: practiceToken, eachZone: false })
  const bundleOf = (id: string) =>
    decodePem(state.cas.find((one) => one.id === id)?.pem ?? '').map(({ der }) => certificateMd5(der))
  return { ...account, cas: account.cas.map((ca) => ({ ...ca, bundle: bundleOf(ca.id) })) }
}

function decideFor(
  account: AccessAccount,
  cas: Uint8Array[],
  path: string,
  { status, der }: ClientVerdict,
  now: Date,
): Decision {
  const at = toInstant(now)
  if (at === null) return 'refuse'
  const visitor = visitorWith(status === 'SUCCESS' && der !== null ? [der] : null, cas, now)
  return decisionOf(explain(account, visitor, { hostname: labHostname, path }, at))
}

/** What a rule asks that the practice site cannot know (a network, a device) keeps people out. */
function decisionOf({ verdict, dependsOn, reasons }: Explanation): Decision {
  if (verdict === 'refused') return 'refuse'
  if (verdict === 'depends') return dependsOn.every((factor) => factor === 'login') ? 'login' : 'refuse'
  const last = reasons.at(-1)
  if (last?.kind === 'no-application' || last?.kind === 'path-override') return 'open'
  return last?.kind === 'policy' && last.decision === 'bypass' ? 'open' : 'let-in'
}
