import { basename } from 'node:path'
import type { JobOptions } from '#electron/jobs/jobs'
import type { IncomingFile } from '#electron/platform/incoming-file'
import type { Services } from '#electron/services/services'
import { AppError } from '#shared/errors'
import type { authorityRows } from '#shared/ipc/authority-rows'
import type { Handlers } from '#shared/ipc/contract'
import { fileNameOf, fileNameWithKey } from '#shared/logic/naming'
import type { FileSource } from '#shared/model/file'
import type { Sha256 } from '#shared/model/ids'
import type { Desktop } from '../desktop'
import { type FolderFile, saveFile, saveInFolder } from '../save-file'
import { openMail } from '../security'
import { withFiles } from '../with-files'
import type { ScreenJobs } from './screen-jobs'
import type { Tickets } from './tickets'

export type AuthorityHandlers = Pick<Handlers, keyof typeof authorityRows>

interface Ports {
  services: Pick<Services, 'authorities'>
  desktop: Desktop
  tickets: Tickets
  jobs: ScreenJobs
}

/** The administrator's channels → the authorities' service, one line each. */
export function createAuthorityHandlers({ services, desktop, tickets, jobs }: Ports): AuthorityHandlers {
  const { authorities } = services
  const readThen = <Result>(sources: FileSource[], work: (files: IncomingFile[]) => Promise<Result>) =>
    withFiles(sources, { verb: 'import', tickets }, work)

  return {
    'authorities.list': () => authorities.list(),
    'authorities.detail': ({ authority }) => authorities.detail(authority),
    'authorities.create': ({ draft, passphrase, issuer, job }) =>
      jobs.run(job, (options) => authorities.create(draft, { passphrase, issuer, ...options })),
    'authorities.import': ({ sources, password, passphrase, job }) =>
      jobs.run(job, (options) =>
        readThen(sources, (files) => authorities.import(files, password, passphrase, options)),
      ),
    'authorities.connect': (draft) => authorities.connect(draft),
    'authorities.rebuild': ({ authority, passphrase }) => authorities.rebuild(authority, passphrase),
    'authorities.settleLastCrl': ({ authority, sources }) =>
      sources === null
        ? authorities.settleLastCrl(authority, null)
        : readThen(sources, (files) => authorities.settleLastCrl(authority, files)),
    'authorities.setPassphrase': async ({ authority, current, passphrase }) => {
      await authorities.setPassphrase(authority, current, passphrase)
      return true
    },
    'authorities.export': async ({ authority, ...secrets }) => {
      const save = ({ name, p12 }: { name: string; p12: Uint8Array }) =>
        desktop.save(fileNameOf(name, 'p12'), p12, 0o600)
      return { name: await authorities.export(authority, secrets, save) }
    },
    'authorities.archive': ({ authority, archived }) => authorities.archive(authority, archived),
    'authorities.deletion': ({ authority }) => authorities.deletion(authority),
    'authorities.delete': async ({ authority, name }) => {
      await authorities.delete(authority, name)
      return true
    },
    'authorities.rollOver': ({ authority, days, passphrase, issuer, job }) =>
      jobs.run(job, (options) => authorities.rollOver(authority, days, { passphrase, issuer, ...options })),
    'authorities.saveChain': async ({ authority }) => {
      const { name, pem } = await authorities.chainFile(authority)
      return { name: await desktop.save(fileNameOf(`${name} chain`, 'pem'), pem) }
    },
    'authorities.readRequests': ({ authority, sources, encoding, job }) =>
      jobs.run(job, (options) =>
        readThen(sources, (files) => authorities.readRequests(authority, files, { encoding, ...options })),
      ),
    'authorities.issue': ({ authority, passphrase, batch, choices, job }) =>
      jobs.run(job, (options) => authorities.issue({ authority, passphrase }, batch, choices, options)),
    'authorities.templates': () => authorities.templates.list(),
    'authorities.saveTemplate': (draft) => authorities.templates.save(draft),
    'authorities.deleteTemplate': async ({ template }) => {
      await authorities.templates.remove(template)
      return true
    },
    'authorities.unlock': async ({ authority, batch, passphrase }) => {
      await authorities.unlock(authority, batch, passphrase)
      return authorities.unlocked()
    },
    'authorities.unlocked': async () => authorities.unlocked(),
    'authorities.forgetKey': async () => {
      authorities.forgetKey()
      return true
    },
    'authorities.issueToIdentity': ({ authority, passphrase, identity, days }) =>
      authorities.issueToIdentity({ authority, passphrase }, identity, days),
    'authorities.keysForOthers': async () => ({ allowed: await authorities.keysForOthers.isAllowed() }),
    'authorities.allowKeysForOthers': async ({ allowed }) => ({
      allowed: await authorities.keysForOthers.allow(allowed),
    }),
    'authorities.makeKeyForOther': async ({ passphrase, job, ...wanted }) => {
      const path = await desktop.chooseWhere(fileNameOf(wanted.names.subject.commonName, 'p12'))
      if (path === null) return null
      const { password, certificate } = await jobs.run(job, (options) =>
        authorities.keysForOthers.make(wanted, passphrase, (p12) => saveFile(path, p12, 0o600), options),
      )
      return { name: basename(path), password, certificate }
    },
    'authorities.namesake': ({ commonName, keyCode }) => authorities.namesake(commonName, keyCode),
    'authorities.issued': (page) => authorities.issued(page),
    'authorities.issuedDetails': ({ certificate }) => authorities.issuedDetails(certificate),
    'authorities.saveIssued': async ({ certificates }) => {
      const { name, pem } = await authorities.issuedFile(certificates)
      return { name: await desktop.save(fileNameOf(name, 'pem'), pem) }
    },
    'authorities.saveIssuedEach': async ({ certificates, job }) => {
      const folder = await desktop.chooseFolder()
      if (folder === null) return { folder, names: [] }
      const names = await jobs.run(job, (options) => saveInFolder(folder, filesOf(authorities, certificates, options)))
      return { folder: basename(folder), names }
    },
    'authorities.mailIssued': async ({ certificate }) => {
      const { to, subject, body } = await authorities.issuedMessage(certificate)
      await openMail(subject, body, to)
      return true
    },
    'authorities.renew': ({ certificate, days, passphrase }) => authorities.renew(certificate, days, passphrase),
    'authorities.revoke': ({ certificate, reason }) => authorities.revoke(certificate, reason),
    'authorities.renewSeveral': ({ certificates, days, passphrase, job }) =>
      jobs.run(job, (options) => authorities.renewSeveral(certificates, { days, passphrase, ...options })),
    'authorities.revokeSeveral': async ({ certificates, reason }) => ({
      revoked: await authorities.revokeSeveral(certificates, reason),
    }),
    'authorities.saveIssuedList': async ({ certificates }) => {
      const { name, csv } = await authorities.issuedList(certificates)
      return { name: await desktop.save(fileNameOf(name, 'csv'), csv) }
    },
    'authorities.readRevocable': ({ authority, choice }) =>
      choice.kind === 'serial'
        ? authorities.readRevocableSerial(authority, choice.serial)
        : readThen(choice.sources, (files) => authorities.readRevocableFiles(files, authority)),
    'authorities.revokeOther': ({ target, reason }) => authorities.revokeOther(target, reason),
    'authorities.crl': ({ authority, passphrase, days, lastCrl }) =>
      authorities.writeCrl({ authority, passphrase }, { days, lastCrl }),
    'authorities.saveCrl': async ({ authority, form }) => {
      const { name, content } = await authorities.crlFile(authority, form)
      return { name: await desktop.save(fileNameOf(name, form === 'pem' ? 'crl.pem' : 'crl'), content) }
    },
  }
}

/** Each with its chain, read when it is its turn. Two people of one name are told apart by the key. */
async function* filesOf(
  authorities: Services['authorities'],
  certificates: Sha256[],
  { onProgress, signal }: JobOptions,
): AsyncGenerator<FolderFile> {
  for (const [place, certificate] of certificates.entries()) {
    if (signal?.aborted === true) throw new AppError('cancelled')
    onProgress?.({ fraction: place / certificates.length, phase: 'Saving' })
    const { name, keyCode, pem } = await authorities.issuedFile([certificate])
    const names = keyCode === null ? [] : [fileNameWithKey(name, keyCode, 'pem')]
    yield { names: [fileNameOf(name, 'pem'), ...names], content: pem }
  }
}
