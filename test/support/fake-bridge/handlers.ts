import type { Handlers } from '#shared/ipc/contract'
import type { Topic } from '#shared/ipc/events'
import { formatAddress, parseAddress, parseConnectTo } from '#shared/logic/address'
import { reportText } from '#shared/logic/report-text'
import { messages } from '#shared/messages'
import type { IdentityDetail } from '#shared/model/identity'
import { HostId, StagedId, TicketId } from '#shared/model/ids'
import { report, type Story } from './attempts'
import { createAuthorityStories } from './authorities'
import { certificate, host, installOf, issue, issuers, testOf, uuid, waitingIdentity } from './examples'
import { Refused, type World } from './world'

const after = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds))
const refuse = (code: keyof typeof messages, detail: string | null = null) =>
  new Refused(code, messages[code].title, detail)

/** What a name asks for: `open.test` is open to everyone, `gone.test` does not exist, and so on. */
const stories: [RegExp, Story][] = [
  [/open/u, 'open'],
  [/grafana/u, 'no-rule'],
  [/login/u, 'login'],
  [/gone/u, 'no-name'],
  [/localhost/u, 'untrusted'],
  [/unasked/u, 'not-asked'],
]

export function createHandlers(world: World): Handlers {
  const jobs = new Map<string, () => void>()
  const changed = (...topics: Topic[]) => world.send({ type: 'changed', topics })
  const needVault = () => {
    if (world.vault.state === 'new') throw refuse('passphrase-needed')
    if (world.vault.state === 'locked') throw refuse('vault-locked')
    if (world.vault.state === 'key-lost') throw refuse('vault-key-lost')
  }
  const find = (id: string): IdentityDetail => {
    const found = world.identities.find(({ summary }) => summary.id === id)
    if (found === undefined) throw refuse('not-found')
    return found
  }
  const put = (detail: IdentityDetail) => {
    world.identities = world.identities.map((known) => (known.summary.id === detail.summary.id ? detail : known))
    return detail
  }
  const page = <Row>(rows: Row[], { offset, limit, search }: { offset: number; limit: number; search: string }) => {
    const wanted = search.toLowerCase()
    const matching = wanted === '' ? rows : rows.filter((row) => JSON.stringify(row).toLowerCase().includes(wanted))
    return { rows: matching.slice(offset, offset + limit), total: matching.length }
  }
  const log = (kind: World['activity'][number]['kind'], about: string, sentence: string) =>
    world.activity.unshift({ id: world.activity.length + 1, at: new Date().toISOString(), kind, about, sentence })
  const cancellable = (job: string, milliseconds: number) =>
    new Promise<void>((resolve, reject) => {
      const timer = setTimeout(resolve, milliseconds)
      jobs.set(job, () => {
        clearTimeout(timer)
        reject(refuse('cancelled'))
      })
    }).finally(() => jobs.delete(job))

  return {
    'app.info': async () => world.info,
    'app.copy': async () => true,
    'app.openLink': async () => true,

    'vault.state': async () => world.vault,
    'vault.unlock': async ({ passphrase }) => {
      await after(300)
      if (passphrase !== 'correct horse') throw refuse('passphrase-wrong')
      world.vault = { ...world.vault, state: 'unlocked' }
      changed('vault')
      return world.vault
    },
    'vault.create': async ({ passphrase }) => {
      if (passphrase.length < 8) throw refuse('passphrase-weak')
      world.vault = { ...world.vault, state: 'unlocked', hasPassphrase: true }
      changed('vault')
      return world.vault
    },
    'vault.setPassphrase': async ({ passphrase }) => {
      if (passphrase.length < 8) throw refuse('passphrase-weak')
      world.vault = { ...world.vault, hasPassphrase: true }
      changed('vault')
      return world.vault
    },
    'vault.startAfresh': async () => {
      world.vault = { ...world.vault, state: 'unlocked', hasPassphrase: false, sealedFiles: 0 }
      changed('vault', 'identities')
      return world.vault
    },

    'identities.list': async (wanted) =>
      page(
        world.identities.map(({ summary }) => summary),
        wanted,
      ),
    'identities.detail': async ({ identity }) => find(identity),
    'identities.request': async ({ draft, job }) => {
      needVault()
      world.send({ type: 'progress', job, fraction: null, phase: 'Making the key' })
      await cancellable(job, draft.algorithm === 'rsa-4096' ? 6000 : 350)
      const made = waitingIdentity(draft.subject.commonName, draft.algorithm.toUpperCase().replace('-', ' '))
      world.identities.unshift(made)
      log('request-made', made.summary.name, 'A key and a request were made.')
      changed('identities', 'activity')
      return made.summary
    },
    'identities.import': async ({ sources, password, staged }) => {
      await after(150)
      const name = sources.map((source) => (source.kind === 'bytes' ? source.name : 'chosen.pem')).join(' ')
      if (/empty/u.test(name)) throw refuse('file-empty')
      if (/broken/u.test(name)) throw refuse('malformed', 'DER: length runs past the end at offset 12')
      if (/\.(p12|pfx)/u.test(name) || (staged !== null && password !== null)) {
        if (password !== 'secret')
          return {
            kind: 'password-needed',
            staged: StagedId.parse(uuid()),
            fileName: name || 'ada.p12',
            wrong: password !== null,
          }
        const brought = issue(waitingIdentity('Imported Ada'), 'issued', 'dddnll')
        const checks = [
          ...brought.checks,
          { code: 'maker-had-key' as const, outcome: 'warning' as const, evidence: 'private key inside ada.p12' },
        ]
        world.identities.unshift({ ...brought, checks, requestPem: null })
        changed('identities', 'activity')
        return { kind: 'imported', identity: brought.summary, checks, keyCameAlong: true, unchanged: false }
      }
      const waiting = world.identities.filter(({ summary }) => summary.status === 'waiting')
      if (/stranger/u.test(name)) {
        return {
          kind: 'no-matching-key',
          staged: StagedId.parse(uuid()),
          certificate: certificate('Somebody Else'),
          waiting: waiting.map(({ summary: { id, name, keyCode } }) => ({ id, name, keyCode })),
        }
      }
      const [first] = waiting
      if (first === undefined) throw refuse('nothing-usable')
      const issued = put(issue(first, 'issued', 'dddnll'))
      log('certificate-imported', issued.summary.name, 'Issued by Acme Client CA.')
      changed('identities', 'activity')
      return {
        kind: 'imported',
        identity: issued.summary,
        checks: issued.checks,
        keyCameAlong: false,
        unchanged: false,
      }
    },
    'identities.message': async ({ identity }) => {
      const { summary, requestPem } = find(identity)
      return {
        subject: `Client certificate request: ${summary.name}`,
        body: `Hello,\n\nplease issue a client certificate for “${summary.name}” from the request (CSR) below.\n\nKey code, to compare with me before you sign: ${summary.keyCode}\n\n${requestPem ?? ''}`,
        keyCode: summary.keyCode,
      }
    },
    'identities.mailRequest': async () => true,
    'identities.saveRequest': async () => ({ name: 'ada-lovelace.csr' }),
    'identities.dragRequest': async () => true,
    'identities.delete': async ({ identity }) => {
      world.identities = world.identities.filter(({ summary }) => summary.id !== identity)
      changed('identities', 'activity')
      return true
    },

    'files.choose': async () => ({ tickets: [{ id: TicketId.parse(uuid()), name: 'client.pem', size: 1834 }] }),

    'installs.stores': async () => world.stores,
    'installs.install': async ({ identity, store, trust }) => {
      needVault()
      await after(400)
      const place = world.stores.find(({ id }) => id === store)
      const detail = find(identity)
      if (place === undefined) throw refuse('not-found')
      if (place.problem !== null) throw refuse(place.problem.code, place.problem.remedy)
      const withheld = {
        state: 'withheld',
        reason: 'This is a practice certificate; practice certificates are never trusted by your computer.',
      }
      const state = detail.summary.practice
        ? withheld
        : { state: trust === 'none' ? 'not-set' : 'trusted', reason: null }
      const made = installOf(detail, { store, storeName: place.name, trust: state })
      const journey = {
        ...detail.summary.journey,
        installed: 'done' as const,
        trusted: detail.summary.practice ? ('withheld' as const) : ('done' as const),
        tested: 'next' as const,
      }
      put({
        ...detail,
        summary: { ...detail.summary, status: 'installed', journey },
        installs: [...detail.installs.filter((known) => known.store !== store), made],
      })
      log('installed', detail.summary.name, `Installed in ${place.name}.`)
      changed('installs', 'identities', 'activity')
      return made
    },
    'installs.check': async ({ install }) => {
      await after(200)
      const found = world.identities.flatMap(({ installs }) => installs).find(({ id }) => id === install)
      if (found === undefined) throw refuse('not-found')
      return found
    },
    'installs.remove': async ({ install }) => {
      await after(200)
      world.identities = world.identities.map((detail) => ({
        ...detail,
        installs: detail.installs.filter(({ id }) => id !== install),
      }))
      changed('installs', 'identities', 'activity')
      return true
    },

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
    'hosts.delete': async ({ host: wanted }) => {
      world.hosts = world.hosts.filter(({ id }) => id !== wanted)
      changed('hosts', 'reports')
      return true
    },

    'connections.test': async ({ host: wanted, identity, mode, job }) => {
      const site = hostOf(wanted)
      const holder = identity === null ? null : find(identity)
      await cancellable(job, /slow/u.test(site.hostname) ? 60_000 : 500)
      const story =
        site.pinnedKey !== null || site.practice
          ? 'let-in'
          : (stories.find(([pattern]) => pattern.test(site.hostname))?.[1] ?? 'let-in')
      const made = report(story, site, holder?.summary ?? null, mode)
      world.reports.unshift(made)
      const good = made.verdict.tone === 'good'
      world.hosts = world.hosts.map((each) =>
        each.id === site.id
          ? { ...each, identity, lastTestAt: made.startedAt, lastTestGood: good, lastSentence: made.verdict.sentence }
          : each,
      )
      if (holder !== null)
        put({
          ...holder,
          summary: {
            ...holder.summary,
            status: good ? 'working' : 'refused',
            journey: { ...holder.summary.journey, tested: good ? 'done' : 'failed' },
          },
          tests: [testOf(site, made.id, good, made.verdict.sentence), ...holder.tests],
        })
      log('tested', formatAddress(site), made.verdict.sentence)
      changed('reports', 'hosts', 'identities', 'activity')
      return made
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
    'connections.reportText': async ({ report: wanted }) => ({ text: reportText(reportOf(wanted)) }),

    'lab.state': async () => world.lab,
    'lab.start': async () => {
      await after(300)
      const known =
        world.hosts.find(({ practice }) => practice) ??
        host('practice.latchkey.test', {
          port: 41873,
          connectTo: { address: '127.0.0.1', port: 41873 },
          practice: true,
        })
      if (!world.hosts.includes(known)) world.hosts.push(known)
      world.lab = {
        ...world.lab,
        running: true,
        address: 'https://practice.latchkey.test:41873/',
        host: HostId.parse(known.id),
        chain: issuers,
      }
      changed('lab', 'hosts')
      return world.lab
    },
    'lab.stop': async () => {
      world.lab = { ...world.lab, running: false, address: null, host: null, chain: [] }
      changed('lab')
      return world.lab
    },
    'lab.setPolicy': async (policy) => {
      world.lab = { ...world.lab, policy }
      changed('lab')
      return world.lab
    },
    'lab.issue': async ({ identity }) => {
      if (!world.lab.running) throw refuse('lab-not-running')
      const issued = put(issue(find(identity), 'issued', 'dddnll', 362, true))
      log('practice-issued', issued.summary.name, 'The practice CA signed this request.')
      changed('identities', 'activity')
      return {
        kind: 'imported',
        identity: issued.summary,
        checks: issued.checks,
        keyCameAlong: false,
        unchanged: false,
      }
    },
    'lab.saveChain': async () => ({ name: 'practice-ca-chain.pem' }),

    ...createAuthorityStories(),

    'jobs.cancel': async ({ job }) => {
      jobs.get(job)?.()
      return true
    },
    'activity.list': async (wanted) => page(world.activity, wanted),
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
