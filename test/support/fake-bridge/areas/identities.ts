import type { Handlers } from '#shared/ipc/contract'
import type { Check } from '#shared/model/certificate'
import { destinationFacts } from '#shared/model/convert'
import type { InspectFailure } from '#shared/model/details'
import type { CertificateState, IdentityDetail, IdentityStatus } from '#shared/model/identity'
import { StagedId } from '#shared/model/ids'
import type { PathReason } from '#shared/model/path'
import { certificate, issue, renewing, uuid, waitingIdentity } from '../examples'
import { after, imported, type Pretence, page, refuse } from '../pretence'

type Area = Pick<
  Handlers,
  | 'identities.list'
  | 'identities.detail'
  | 'identities.verify'
  | 'identities.request'
  | 'identities.import'
  | 'identities.renew'
  | 'identities.continueRenewal'
  | 'identities.removeReplaced'
  | 'identities.keepReplaced'
  | 'identities.renewIssuers'
  | 'identities.message'
  | 'identities.mailRequest'
  | 'identities.saveRequest'
  | 'identities.dragRequest'
  | 'identities.export'
  | 'identities.showExported'
  | 'identities.delete'
  | 'identities.label'
  | 'identities.tags'
  | 'identities.addTag'
>

const otherIssuer: Check = {
  code: 'named-issuer',
  outcome: 'warning',
  evidence: 'Its issuer is “Acme Client CA”.',
}

const statesOf: Readonly<Record<IdentityStatus, CertificateState[]>> = {
  waiting: ['waiting'],
  issued: ['valid'],
  installed: ['valid'],
  working: ['valid'],
  refused: ['valid', 'refused'],
  expiring: ['valid', 'expiring'],
  expired: ['expired'],
  'not-yet-valid': [],
  'no-client-use': ['valid'],
  replaced: ['valid'],
}

export function pretendIdentities({ world, changed, needVault, find, put, log, cancellable }: Pretence): Area {
  return {
    'identities.list': async ({ state, tag, order, ...wanted }) => {
      const rows = world.identities
        .filter(({ tags }) => tag === null || tags.includes(tag))
        .map(({ summary }) => summary)
        .filter(({ status }) => state === null || statesOf[status].includes(state))
      if (order === 'name') rows.sort((a, b) => a.name.localeCompare(b.name))
      if (order === 'expires') rows.sort((a, b) => (a.notAfter ?? '9').localeCompare(b.notAfter ?? '9'))
      return page(rows, wanted)
    },
    'identities.label': async ({ identity, name, tags, note }) => {
      const known = find(identity)
      put({ ...known, tags, note, summary: { ...known.summary, name } })
      changed('identities')
      return true
    },
    'identities.tags': async () => [...new Set(world.identities.flatMap(({ tags }) => tags))].sort(),
    'identities.addTag': async ({ identities, tag }) => {
      for (const id of identities) {
        const known = find(id)
        put({ ...known, tags: [...new Set([...known.tags, tag])] })
      }
      changed('identities')
      return true
    },
    'identities.detail': async ({ identity }) => find(identity),
    'identities.verify': async ({ identity }) => {
      const { certificate: own, chain } = find(identity)
      if (own === null) throw refuse('not-found')
      const found = { certificate: own.sha256, about: own.commonName ?? own.subject }
      const source = 'RFC 5280 §6.1'
      const path = [own, ...chain]
      const isOver = Date.parse(own.notAfter) < Date.now()
      const isOpen = path.at(-1)?.selfSigned !== true
      const reasons: PathReason[] = [
        ...(isOver ? [{ ...found, rule: 'expired' as const, evidence: `Valid until ${own.notAfter}.`, source }] : []),
        ...(isOpen ? [{ ...found, rule: 'no-issuer' as const, evidence: 'Its issuer is not here.', source }] : []),
      ]
      const notes = [
        { ...found, rule: 'revocation-unknown' as const, evidence: 'There is no CRL of its issuer.', source },
      ]
      return { valid: reasons.length === 0, at: new Date().toISOString(), path, reasons, notes }
    },
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
    'identities.import': async ({ sources, password, staged, pick, leaveClosed }) => {
      await after(150)
      const name = sources.map((source) => (source.kind === 'bytes' ? source.name : 'chosen.pem')).join(' ')
      if (/chain/u.test(name)) {
        const to = world.identities.slice(0, 2).map(({ summary }) => ({ id: summary.id, name: summary.name }))
        return { kind: 'issuers-added', to, unread: [] }
      }
      if (/empty/u.test(name)) throw refuse('file-empty')
      if (/broken/u.test(name)) throw refuse('malformed', `${name}: DER: length runs past the end at offset 12`)
      if (/several/u.test(name)) return { kind: 'several', staged: StagedId.parse(uuid()), choices: choices() }
      if (pick !== null) return imported(issue(waitingIdentity('Imported Ada'), 'issued', 'dddnll'), true)
      if (/\.(p12|pfx)/u.test(name) || (staged !== null && password !== null && !leaveClosed)) {
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
        return imported({ ...brought, checks }, true)
      }
      const waiting = world.identities.filter(({ summary }) => summary.status === 'waiting')
      if (/stranger/u.test(name)) {
        return {
          kind: 'no-matching-key',
          staged: StagedId.parse(uuid()),
          certificate: certificate('Somebody Else'),
          waiting: waiting.map(({ summary: { id, name, keyCode } }) => ({ id, name, keyCode })),
          unread: readme,
        }
      }
      const [first] = waiting
      if (first === undefined) throw refuse('nothing-usable')
      const issued = put(issue(first, 'issued', 'dddnll'))
      if (/impostor/u.test(name)) put({ ...issued, checks: [...issued.checks, otherIssuer] })
      log('certificate-imported', issued.summary.name, 'Issued by Acme Client CA.')
      changed('identities', 'activity')
      return { ...imported(find(issued.summary.id)), unread: /readme/iu.test(name) ? readme : [] }
    },
    'identities.renew': async ({ identity, job }) => {
      needVault()
      await cancellable(job, 350)
      const { summary } = find(identity)
      const [old, made] = renewing(find(identity), waitingIdentity(summary.name, summary.algorithm))
      put(old)
      world.identities.unshift(made)
      log('request-made', summary.name, 'A key and a request were made.')
      changed('identities', 'activity')
      return made.summary
    },
    'identities.continueRenewal': async ({ identity, job }) => {
      await cancellable(job, 400)
      const detail = find(identity)
      if (detail.renewal === null) throw refuse('not-found')
      const places = detail.renewal.places.map((place) => ({ ...place, hasNew: true }))
      const sites = detail.renewal.sites.map((site) => ({ ...site, worksWithNew: true }))
      const renewal = { places, sites }
      put({ ...detail, renewal })
      changed('identities', 'installs')
      return renewal
    },
    'identities.removeReplaced': async ({ identity }) => {
      const { replaces } = find(identity).summary
      world.identities = world.identities.filter(({ summary }) => summary.id !== replaces?.identity)
      put(kept(find(identity)))
      changed('identities', 'installs', 'activity')
      return true
    },
    'identities.keepReplaced': async ({ identity }) => {
      put(kept(find(identity)))
      changed('identities')
      return true
    },
    'identities.renewIssuers': async () => ({ renewed: true }),
    'identities.message': async ({ identity }) => {
      const { summary, requestPem } = find(identity)
      return {
        subject: `Client certificate request: ${summary.name}`,
        body: `Hello,\n\nplease issue a client certificate for “${summary.name}” from the request (CSR) below.\n\nI will send you its key code separately.\n\n${requestPem ?? ''}`,
        keyCode: summary.keyCode,
      }
    },
    'identities.mailRequest': async () => true,
    'identities.saveRequest': async () => ({ name: 'ada-lovelace.csr' }),
    'identities.dragRequest': async () => true,
    'identities.export': async ({ identity, destination }) => {
      const { summary } = find(identity)
      log('key-exported', summary.name, 'The private key was saved.')
      changed('activity')
      const name = summary.name.toLowerCase().replaceAll(' ', '-')
      const isPair = destination === 'curl' || destination === 'nginx'
      return { names: [`${name}.${destinationFacts[destination].extension}`, ...(isPair ? [`${name}.key`] : [])] }
    },
    'identities.showExported': async () => true,
    'identities.delete': async ({ identity }) => {
      world.identities = world.identities.filter(({ summary }) => summary.id !== identity)
      changed('identities', 'activity')
      return true
    },
  }
}

const kept = (detail: IdentityDetail): IdentityDetail => ({
  ...detail,
  renewal: null,
  summary: { ...detail.summary, replaces: null },
})

const readme: InspectFailure[] = [
  { where: 'README.txt', code: 'unsupported-format', detail: null },
  {
    where: 'old-laptop.ppk',
    code: 'unsupported-format',
    detail: 'a PuTTY key: export it with PuTTYgen as an OpenSSH key',
  },
]

const choices = () =>
  ['Ada Lovelace', 'grafana-reader-with-a-rather-long-name'].map((name) => {
    const { sha256, notAfter, keyCode } = certificate(name)
    return { certificate: sha256, name, issuer: 'Acme Client CA', notAfter, keyCode, keyIsHere: false }
  })
