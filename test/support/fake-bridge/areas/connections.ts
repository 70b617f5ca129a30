import type { Handlers } from '#shared/ipc/contract'
import { formatAddress, parseAddress, parseConnectTo } from '#shared/logic/address'
import { reportText } from '#shared/logic/report/text'
import type { Host } from '#shared/model/host'
import { report, type Story } from '../attempts'
import { host, issue, testOf, waitingIdentity } from '../examples'
import { type Pretence, page, refuse } from '../pretence'

/** What a name asks for: `open.test` is open to everyone, `gone.test` does not exist, and so on. */
const stories: [RegExp, Story][] = [
  [/open/u, 'open'],
  [/grafana/u, 'no-rule'],
  [/login/u, 'login'],
  [/builds/u, 'expired'],
  [/gone/u, 'no-name'],
  [/localhost/u, 'untrusted'],
  [/unasked/u, 'not-asked'],
]

type Area = Pick<
  Handlers,
  | 'hosts.list'
  | 'hosts.save'
  | 'hosts.pin'
  | 'hosts.awaitReplacement'
  | 'hosts.delete'
  | 'hosts.restore'
  | 'hosts.addTag'
  | 'connections.test'
  | 'connections.testStored'
  | 'connections.reports'
  | 'connections.report'
  | 'connections.cookie'
  | 'connections.reportText'
  | 'connections.saveReport'
  | 'connections.openInBrowser'
>

export function pretendConnections({ world, changed, find, put, log, cancellable }: Pretence): Area {
  const removed: Host[] = []
  return {
    'hosts.list': async (wanted) => page(world.hosts, wanted),
    'hosts.save': async (draft) => {
      const address = parseAddress(draft.address)
      if (!address.ok) throw refuse('address-invalid', address.reason)
      const connectTo = parseConnectTo(draft.connectTo, address.port)
      if (!connectTo.ok) throw refuse('address-invalid', connectTo.reason)
      const known = world.hosts.find(({ id }) => id === draft.id)
      const saved = {
        ...(known ?? host(address.hostname)),
        hostname: address.hostname,
        port: address.port,
        path: address.path,
        connectTo: connectTo.connectTo,
        useProxy: draft.useProxy,
        group: draft.group === '' ? null : (draft.group ?? null),
        name: draft.name === '' ? null : draft.name,
        tags: draft.tags,
        note: draft.note,
      }
      world.hosts =
        known === undefined ? [saved, ...world.hosts] : world.hosts.map((each) => (each.id === saved.id ? saved : each))
      changed('hosts')
      return saved
    },
    'hosts.pin': async ({ host: wanted, key }) => {
      world.hosts = world.hosts.map((each) => (each.id === wanted ? { ...each, pinnedKey: key } : each))
      changed('hosts')
      return hostOf(wanted)
    },
    'hosts.awaitReplacement': async ({ host: wanted, identity }) => {
      world.hosts = world.hosts.map((each) => (each.id === wanted ? { ...each, replacement: identity } : each))
      changed('hosts')
      return hostOf(wanted)
    },
    'hosts.delete': async ({ hosts: wanted }) => {
      removed.push(...wanted.map(hostOf))
      world.hosts = world.hosts.filter(({ id }) => !wanted.includes(id))
      changed('hosts', 'reports')
      return true
    },
    'hosts.restore': async ({ hosts: wanted }) => {
      world.hosts = [...removed.filter(({ id }) => wanted.includes(id)), ...world.hosts]
      changed('hosts', 'reports')
      return true
    },
    'hosts.addTag': async ({ hosts: wanted, tag }) => {
      world.hosts = world.hosts.map((each) =>
        wanted.includes(each.id) ? { ...each, tags: [...new Set([...each.tags, tag])] } : each,
      )
      changed('hosts')
      return true
    },

    'connections.test': async ({ host: wanted, identity, mode, job }) => {
      const site = hostOf(wanted)
      const holder = identity === null ? null : find(identity)
      await cancellable(job, /slow/u.test(site.hostname) ? 60_000 : 500)
      const isBroken = site.practice && world.lab.scenario !== null
      const story = isBroken
        ? 'no-rule'
        : site.pinnedKey !== null || site.practice
          ? 'let-in'
          : (stories.find(([pattern]) => pattern.test(site.hostname))?.[1] ?? 'let-in')
      const made = report(story, site, holder?.summary ?? null, mode)
      world.reports.unshift(made)
      const good = made.verdict.tone === 'good'
      world.hosts = world.hosts.map((each) =>
        each.id === site.id
          ? {
              ...each,
              identity,
              replacement: null,
              lastTestAt: made.startedAt,
              lastTestGood: good,
              lastVerdict: { kind: made.verdict.kind, tone: made.verdict.tone },
              lastSentence: made.verdict.sentence,
            }
          : each,
      )
      if (holder !== null)
        put({
          ...holder,
          tests: [
            testOf(site, made.id, good, made.verdict.sentence),
            ...holder.tests.filter((one) => one.host !== site.id),
          ],
        })
      log('tested', formatAddress(site), made.verdict.sentence)
      changed('reports', 'hosts', 'identities', 'activity')
      return made
    },
    'connections.testStored': async ({ host: wanted, job }) => {
      const site = hostOf(wanted)
      await cancellable(job, 500)
      const made = report('let-in', site, issue(waitingIdentity('Mira Falk'), 'issued', 'dddnll').summary, 'browser')
      const kept = { ...made, identity: null }
      world.reports.unshift(kept)
      changed('reports', 'hosts', 'activity')
      return kept
    },
    'connections.reports': async ({ host: wanted, page: part }) =>
      page(
        world.reports
          .filter((each) => wanted === null || each.host === wanted)
          .map(({ id, host: at, identity, identityName, address, mode, startedAt, verdict }) => ({
            id,
            host: at,
            identity,
            identityName,
            address,
            mode,
            startedAt,
            verdict,
          })),
        part,
      ),
    'connections.report': async ({ report: wanted }) => reportOf(wanted),
    'connections.cookie': async ({ report: wanted }) => {
      reportOf(wanted)
      return {
        value: `eyJhbGciOiJSUzI1NiIsImtpZCI6IjMxZjEifQ.${'eyJjb21tb25fbmFtZSI6IkFkYSBMb3ZlbGFjZSJ9'.repeat(6)}.c2lnbmF0dXJl`,
      }
    },
    'connections.saveReport': async ({ report: wanted, format }) => {
      reportOf(wanted)
      return { name: `test.${format}` }
    },
    'connections.openInBrowser': async ({ host: wanted }) => {
      hostOf(wanted)
      return true
    },
    'connections.reportText': async ({ report: wanted }) => ({ text: reportText(reportOf(wanted)) }),
  }

  function hostOf(wanted: string) {
    const found = world.hosts.find(({ id }) => id === wanted)
    if (found === undefined) throw refuse('not-found')
    return found
  }
  function reportOf(wanted: string) {
    const found = world.reports.find(({ id }) => id === wanted)
    if (found === undefined) throw refuse('not-found')
    return found
  }
}
