import type { AuthorityHandlers } from '#electron/main/ipc/authority-handlers'
import { formatUtc } from '#shared/logic/formatting'
import { describeSubject, fileNameOf } from '#shared/logic/naming'
import type { AuthoritySummary, IssuedCertificate, IssuedPage, UnlockedKey } from '#shared/model/authority'
import type { CertificateView } from '#shared/model/certificate'
import { AuthorityId, StagedId } from '#shared/model/ids'
import type { pretendTemplates } from './areas/issue-templates'
import type { pretendSeveral } from './areas/issued-several'
import { authority, issuedExample, type PretendedAuthority, previews, recount } from './authority-examples'
import { createAuthorities } from './authority-world'
import { inDays, issue as issueTo, uuid } from './examples'
import { objectDetails } from './object-details'
import { after, imported, type Pretence, refuse } from './pretence'

const words = (algorithm: string) =>
  algorithm
    .toUpperCase()
    .replace(/^(RSA)-/u, '$1 ')
    .replace(/^P-/u, 'EC P-')

/** The administrator's half of the pretended application. Every example's passphrase is “correct horse”. */
export function createAuthorityStories({
  world,
  changed,
  needVault,
  find,
  put,
  log,
  cancellable,
}: Pretence): Omit<AuthorityHandlers, keyof (ReturnType<typeof pretendSeveral> & ReturnType<typeof pretendTemplates>)> {
  const all = createAuthorities(world.scene)
  let keysForOthers = world.scene === 'full'
  let unlocked: UnlockedKey | null = null
  const batches = new Map<string, ReturnType<typeof previews>>()

  function of(id: string): PretendedAuthority {
    const found = all.find(({ summary }) => summary.id === id)
    if (found === undefined) throw refuse('not-found')
    return found
  }
  function signer(id: string, passphrase: string | null): PretendedAuthority {
    needVault()
    const found = of(id)
    if (found.summary.signer !== null) return found
    if (!found.summary.hasKey) throw refuse('key-not-in-vault')
    if (found.passphrase !== passphrase) throw refuse('passphrase-wrong')
    return found
  }
  const newest = (id: string): string => {
    const { successor } = of(id).summary
    return successor === null ? id : newest(successor)
  }
  function update(one: PretendedAuthority, changes: Partial<AuthoritySummary>): AuthoritySummary {
    one.summary = { ...one.summary, ...changes }
    changed('authorities', 'activity')
    return one.summary
  }
  const chainOf = (one: PretendedAuthority): CertificateView[] => [
    one.view,
    ...(one.summary.parent === null ? [] : chainOf(of(one.summary.parent))),
  ]
  const issuedOf = (sha256: string) => {
    for (const one of all) {
      const at = one.issued.findIndex((row) => row.sha256 === sha256)
      const row = one.issued[at]
      if (row !== undefined) return { one, at, row }
    }
    throw refuse('not-found')
  }
  function add(one: PretendedAuthority, row: IssuedCertificate): IssuedCertificate {
    one.issued.unshift(row)
    recount(one)
    return row
  }

  return {
    'authorities.list': async () => all.map(({ summary }) => summary),
    'authorities.detail': async ({ authority: id }) => {
      const one = of(id)
      const chain = chainOf(one)
      return {
        summary: one.summary,
        certificate: one.view,
        chain,
        chainComplete: chain.at(-1)?.selfSigned === true,
        children: all.map(({ summary }) => summary).filter(({ parent }) => parent === id),
      }
    },
    'authorities.create': async ({ draft, passphrase, issuer, job }) => {
      needVault()
      const parent = issuer === null ? null : signer(issuer.authority, issuer.passphrase)
      world.send({ type: 'progress', job, fraction: null, phase: 'Making the key' })
      await cancellable(job, draft.algorithm === 'rsa-4096' ? 1500 : 300)
      const made = authority(draft.subject.commonName, {
        ...(parent === null ? {} : { parent }),
        algorithm: words(draft.algorithm),
        from: 0,
        days: draft.days,
        passphrase,
      })
      all.push(made)
      return update(made, {})
    },
    'authorities.import': async ({ password, passphrase, job }) => {
      await cancellable(job, password === 'slow' ? 60_000 : 200)
      if (password !== null && !['secret', 'slow'].includes(password)) throw refuse('wrong-password')
      if (passphrase !== null && password === null) throw refuse('password-needed')
      const brought = authority('Imported Company CA', {
        hasKey: passphrase !== null,
        ...(passphrase === null ? {} : { passphrase }),
      })
      all.push(brought)
      return update(brought, {})
    },
    'authorities.connect': async ({ address, label, profile, plainHttp: _plain, authKey: _key }) => {
      await after(200)
      if (/nobody/u.test(address)) throw refuse('signer-unreachable')
      const brought = authority('Company Signing CA', { hasKey: false, signer: { address, label, profile } })
      all.push(brought)
      return update(brought, {})
    },
    'authorities.rebuild': async ({ authority: id, passphrase }) => {
      await after(200)
      const found = world.unrecorded.issuers.find((one) => one.id === id)
      if (found === undefined) throw refuse('not-found')
      if (passphrase !== 'correct horse') throw refuse('passphrase-wrong')
      const rebuilt = authority(found.name ?? 'An issuer', {})
      all.push(rebuilt)
      world.unrecorded.issuers = world.unrecorded.issuers.filter((one) => one !== found)
      return update(rebuilt, {})
    },
    'authorities.settleLastCrl': async ({ authority: id }) => update(of(id), { needsLastCrl: false }),
    'authorities.setPassphrase': async ({ authority: id, current, passphrase }) => {
      await after(200)
      signer(id, current).passphrase = passphrase
      return true
    },
    'authorities.export': async ({ authority: id, passphrase }) => {
      await after(200)
      return { name: fileNameOf(signer(id, passphrase).summary.name, 'p12') }
    },
    'authorities.archive': async ({ authority: id, archived }) =>
      update(of(id), { archivedAt: archived ? inDays(0) : null }),
    'authorities.deletion': async ({ authority: id }) => {
      const { summary, issued } = of(id)
      return {
        name: summary.name,
        keys: [{ id: summary.id, keyCode: summary.keyCode, notAfter: summary.notAfter, hasKey: summary.hasKey }],
        issued: issued.length,
        live: issued.filter(({ status }) => status !== 'revoked' && status !== 'expired').length,
        revocations: summary.revocations,
        hasCrl: summary.crl !== null,
        below: all.filter(({ summary: { parent } }) => parent === id).map((one) => one.summary.name),
      }
    },
    'authorities.delete': async ({ authority: id, name }) => {
      await after(200)
      if (of(id).summary.name !== name.trim()) throw refuse('invalid-input')
      all.splice(all.indexOf(of(id)), 1)
      changed('authorities', 'activity')
      return true
    },
    'authorities.rollOver': async ({ authority: id, days, passphrase, issuer, job }) => {
      const old = of(id)
      const parent = issuer === null ? null : signer(issuer.authority, issuer.passphrase)
      world.send({ type: 'progress', job, fraction: null, phase: 'Making the key' })
      await cancellable(job, 800)
      const made = authority(old.summary.name, {
        ...(parent === null ? {} : { parent }),
        algorithm: old.summary.algorithm,
        from: 0,
        days,
        passphrase,
      })
      all.push(made)
      update(old, { successor: made.summary.id })
      return made.summary
    },
    'authorities.saveChain': async ({ authority: id }) => ({ name: fileNameOf(`${of(id).summary.name} chain`, 'pem') }),
    'authorities.readRequests': async ({ sources }) => {
      await after(250)
      const batch = StagedId.parse(uuid())
      const read = previews(sources.map((source) => (source.kind === 'bytes' ? source.name : 'chosen.csr')))
      batches.set(batch, read)
      return { batch, ...read }
    },
    'authorities.issue': async ({ authority: id, passphrase, batch, choices, job }) => {
      const one = unlocked?.batch === batch ? of(id) : signer(id, passphrase)
      const read = batches.get(batch)
      if (read === undefined) throw refuse('ticket-expired')
      for (const [index] of choices.entries()) {
        world.send({ type: 'progress', job, fraction: index / choices.length, phase: 'Signing' })
        await cancellable(job, Math.min(400, 2000 / choices.length))
      }
      const made = choices.map((choice) => {
        const preview = read.rows.find(({ row }) => row === choice.row)
        const { names } = choice
        const isDecided = names.kind === 'decided'
        const requested = preview?.requested ?? { subject: '', commonName: null }
        const base = issuedExample(id, one.issued.length + 500_000)
        return add(one, {
          ...base,
          commonName: isDecided ? names.subject.commonName : (requested.commonName ?? requested.subject),
          subject: isDecided ? describeSubject(names.subject) : requested.subject,
          keyCode: preview?.keyCode ?? base.keyCode,
          notBefore: inDays(0),
          notAfter: inDays(choice.days),
          issuedAt: inDays(0),
          status: 'valid',
          revokedAt: null,
          reason: null,
        })
      })
      changed('authorities', 'activity')
      return { issued: made, refused: [] }
    },
    'authorities.unlock': async ({ authority: id, batch, passphrase }) => {
      signer(id, passphrase)
      unlocked = { authority: AuthorityId.parse(id), batch: StagedId.parse(batch), until: inDays(5 / 1440) }
      changed('authorities')
      return { offered: true, key: unlocked }
    },
    'authorities.unlocked': async () => ({ offered: true, key: unlocked }),
    'authorities.forgetKey': async () => {
      unlocked = null
      changed('authorities')
      return true
    },
    'authorities.issueToIdentity': async ({ authority: id, identity, days, passphrase }) => {
      const one = signer(id, passphrase)
      await after(300)
      const issued = put(issueTo(find(identity), 'issued', 'dddnll', days))
      add(one, {
        ...issuedExample(id, one.issued.length + 700_000),
        commonName: issued.summary.name,
        subject: `CN=${issued.summary.name}`,
        status: 'valid',
      })
      log('certificate-imported', issued.summary.name, `Issued by ${one.summary.name}.`)
      changed('identities', 'authorities', 'activity')
      return imported(issued)
    },
    'authorities.keysForOthers': async () => ({ allowed: keysForOthers }),
    'authorities.allowKeysForOthers': async ({ allowed }) => {
      keysForOthers = allowed
      changed('authorities')
      return { allowed }
    },
    'authorities.makeKeyForOther': async ({ authority: id, names, passphrase, job }) => {
      const one = signer(id, passphrase)
      await cancellable(job, 300)
      const { commonName } = names.subject
      const base = issuedExample(id, one.issued.length + 300_000)
      const certificate = add(one, { ...base, commonName, subject: `CN=${commonName}`, keyMadeByIssuer: true })
      changed('authorities')
      return { name: fileNameOf(commonName, 'p12'), password: 'K7QD-2M5A-XWPA-3R0B-9TZC-81GH-V4NE', certificate }
    },
    'authorities.namesake': async ({ commonName, keyCode }) =>
      all
        .flatMap(({ issued }) => issued)
        .find((row) => row.commonName === commonName.trim() && row.keyCode !== keyCode && row.status === 'valid') ??
      null,
    'authorities.issued': async (wanted) => issuedPage(all, wanted),
    'authorities.issuedDetails': async ({ certificate }) => {
      const { row, one } = issuedOf(certificate)
      return objectDetails(row, one.view.subject)
    },
    'authorities.saveIssued': async ({ certificates }) => ({
      name: certificates.length === 1 ? 'client.pem' : 'certificates.pem',
    }),
    'authorities.saveIssuedEach': async ({ certificates }) => ({
      folder: 'Issued',
      names: certificates.map((sha256) => `${sha256.slice(0, 8)}.pem`),
    }),
    'authorities.mailIssued': async () => true,
    'authorities.renew': async ({ certificate, days, passphrase }) => {
      const { row } = issuedOf(certificate)
      const one = signer(newest(row.authority), passphrase)
      await after(300)
      const renewed = add(one, {
        ...issuedExample(one.summary.id, one.issued.length + 900_000),
        commonName: row.commonName,
        subject: row.subject,
        keyCode: row.keyCode,
        notBefore: inDays(0),
        notAfter: inDays(days),
        issuedAt: inDays(0),
        status: 'valid',
        revokedAt: null,
        reason: null,
      })
      changed('authorities', 'activity')
      return renewed
    },
    'authorities.revoke': async ({ certificate, reason }) => {
      const { one, at, row } = issuedOf(certificate)
      await after(200)
      const revoked: IssuedCertificate = { ...row, status: 'revoked', reason, revokedAt: inDays(0) }
      one.issued[at] = revoked
      recount(one)
      update(one, { crlDue: 'now' })
      return revoked
    },
    'authorities.readRevocable': async ({ authority: id, choice }) => {
      const { summary, view } = of(id)
      await after(200)
      const entry = { authority: summary.id, issuer: summary.name, isListed: false, revokedAt: null }
      if (choice.kind === 'serial') {
        const serial = choice.serial.toUpperCase()
        return { ...entry, serial, target: { kind: 'serial', authority: summary.id, serial }, certificate: null }
      }
      const [source] = choice.sources
      if (source?.kind === 'bytes' && /foreign/u.test(source.name))
        throw refuse('invalid-input', 'No issuer here signed this certificate; its issuer is “Somebody Else CA”.')
      const { sha256, subject, notBefore, notAfter, commonName } = issuedExample(id, 400_000)
      return {
        ...entry,
        serial: '3F:A2:09:77:10:5C',
        target: { kind: 'certificate', pem: view.pem },
        certificate: { sha256, commonName, subject, notBefore, notAfter },
      }
    },
    'authorities.revokeOther': async ({ target, reason }) => {
      await after(200)
      const isSerial = target.kind === 'serial'
      const one = isSerial ? of(target.authority) : all.find(({ view }) => view.pem === target.pem)
      if (one === undefined) throw refuse('not-found')
      const serial = isSerial ? target.serial : '3F:A2:09:77:10:5C'
      const revokedAt = inDays(0)
      const revoked = { serial, issuedAt: null, status: 'revoked', reason, revokedAt } as const
      const certificate = isSerial ? null : add(one, { ...issuedExample(one.summary.id, 400_000), ...revoked })
      update(one, { crlDue: 'now', revocations: one.summary.revocations + (isSerial ? 1 : 0) })
      return {
        authority: one.summary.id,
        issuer: one.summary.name,
        serial,
        certificate,
        revokedAt,
        reason,
        isNew: true,
      }
    },
    'authorities.crl': async ({ authority: id, days, lastCrl, passphrase }) => {
      const one = signer(id, passphrase)
      await after(300)
      const last = one.summary.crl
      const isAhead = last !== null && last.thisUpdate > inDays(1)
      if (isAhead && lastCrl === null)
        throw refuse(
          'crl-dated-ahead',
          `CRL number ${last.number} is dated ${formatUtc(new Date(last.thisUpdate))}. This computer’s clock says ${formatUtc(new Date())}.`,
        )
      const crl = {
        number: String(BigInt(last?.number ?? 0) + 1n),
        thisUpdate: isAhead && lastCrl === 'published' ? last.thisUpdate : inDays(0),
        nextUpdate: inDays(days),
        entries: one.summary.revoked,
      }
      return update(one, { crl, crlDue: 'no' })
    },
    'authorities.saveCrl': async ({ authority: id, form }) => ({
      name: fileNameOf(of(id).summary.name, form === 'pem' ? 'crl.pem' : 'crl'),
    }),
  }
}

function issuedPage(all: PretendedAuthority[], wanted: IssuedPage): { rows: IssuedCertificate[]; total: number } {
  const { offset, limit, search, status, sort, descending } = wanted
  const text = search.toLowerCase()
  const from = all.filter(({ summary }) => wanted.authority === null || summary.id === wanted.authority)
  const rows = from
    .flatMap(({ issued }) => issued)
    .filter((row) => status === null || row.status === status)
    .filter((row) => text === '' || `${row.subject} ${row.serial}`.toLowerCase().includes(text))
  const key = { issued: 'issuedAt', name: 'commonName', ends: 'notAfter', serial: 'serial' } as const
  const field = key[sort]
  const sorted = (row: IssuedCertificate) => row[field] ?? inDays(0)
  rows.sort((a, b) => (sorted(a) < sorted(b) ? -1 : sorted(a) > sorted(b) ? 1 : 0) * (descending ? -1 : 1))
  return { rows: rows.slice(offset, offset + limit), total: rows.length }
}
