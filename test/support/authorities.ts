import { join } from 'node:path'
import { openLocalDatabase } from '#electron/database/local'
import { inlineJobs } from '#electron/jobs/inline'
import type { JobInput, JobName, JobOptions, JobOutput, Jobs } from '#electron/jobs/jobs'
import { type Crl, readCrl } from '#electron/pki/crl/read'
import { describeCertificate } from '#electron/pki/describe/certificate'
import { serialNumberOctets } from '#electron/pki/serial-number'
import { createPreferences } from '#electron/platform/preferences'
import { systemRandom } from '#electron/platform/random'
import type { CrlOrder } from '#electron/services/authorities/crl'
import { createAuthorities } from '#electron/services/authorities/index'
import type { KeyForOtherPorts } from '#electron/services/authorities/key-for-other'
import { createIdentities } from '#electron/services/identities/index'
import { createOperations } from '#electron/services/operations'
import {
  AuthorityDraft,
  type AuthoritySummary,
  IssueChoice,
  type IssuedCertificate,
  type IssueOutcome,
} from '#shared/model/authority'
import { RequestDraft } from '#shared/model/identity'
import { AppPreferences } from '#shared/model/preferences'
import { named } from './certificates'
import { journalOf } from './journal'
import { memoryKeyring } from './keyring'
import { noPolicy } from './policy'
import { cheapJobs, openVault } from './vault'

/** Every job in this process, scrypt at a cost that tests can afford. */
export function quickJobs(): Jobs {
  const inline = inlineJobs()
  return {
    ...inline,
    run<Name extends JobName>(name: Name, input: JobInput<Name>, options?: JobOptions): Promise<JobOutput<Name>> {
      return name === 'derive-key' ? cheapJobs.run(name, input) : inline.run(name, input, options)
    },
  }
}

export const passphrase = 'correct horse'

/** The requester's names as they are, and nothing left out. */
const asRequested = { kind: 'as-requested', withoutUnsupported: false } as const

/** The administrator's services on a real database and a real vault, with a clock that can be put forward. */
export function openOffice(home: string, changes: Partial<KeyForOtherPorts> = {}, keyring = memoryKeyring()) {
  let ahead = 0
  const clock = { now: () => new Date(Date.now() + ahead) }
  const database = openLocalDatabase(home)
  const vault = openVault(home, keyring.keyring)
  const log = { info() {}, warn() {}, error() {} }
  const random = systemRandom
  const journal = journalOf(database, vault)
  const operations = createOperations({ database, journal, clock, random, log, changed() {} })
  const preferences = createPreferences(join(home, 'preferences.json'), AppPreferences)
  const shared = {
    database,
    vault,
    jobs: quickJobs(),
    operations,
    clock,
    random,
    changed() {},
    staysUnlocked: false,
    preferences,
    policy: noPolicy,
  }
  const identities = createIdentities({ ...shared, ...changes })
  const authorities = createAuthorities({
    ...shared,
    describe: describeCertificate,
    importIssued: (name, pem) => identities.import([{ name, bytes: Buffer.from(pem) }], { origin: 'file' }),
    ...changes,
  })

  function create(commonName: string, parent: AuthoritySummary | null = null, draft: Partial<AuthorityDraft> = {}) {
    const whole = AuthorityDraft.parse({ subject: named(commonName), algorithm: 'p-256', days: 1000, ...draft })
    const issuer = parent === null ? null : { authority: parent.id, passphrase }
    return authorities.create(whole, { passphrase, issuer })
  }

  return {
    home,
    keyring,
    database,
    vault,
    operations,
    identities,
    authorities,
    create,
    /** Puts the clock forward. */
    later(days: number) {
      ahead += days * 86_400_000
    },
    async request(commonName: string) {
      const draft = RequestDraft.parse({ subject: named(commonName), algorithm: 'p-256' })
      const { id, keyCode } = await identities.request(draft)
      return { id, keyCode, pem: (await identities.requestFile(id)).pem }
    },
    /** Reads requests and issues with the list's names, or else with the requester's own. */
    async issueAll(authority: AuthoritySummary, files: Record<string, string>, days = 100): Promise<IssueOutcome> {
      const sources = Object.entries(files).map(([name, text]) => ({ name, bytes: Buffer.from(text) }))
      const { batch, rows } = await authorities.readRequests(authority.id, sources)
      const choices = rows.map(({ row, listed }) =>
        IssueChoice.parse({ row, names: listed === null ? asRequested : { kind: 'decided', ...listed }, days }),
      )
      return authorities.issue({ authority: authority.id, passphrase }, batch, choices)
    },
    async issueTo(authority: AuthoritySummary, names: string[], days = 100): Promise<IssuedCertificate[]> {
      const files: Record<string, string> = {}
      for (const name of names) files[`${name}.csr`] = (await this.request(name)).pem
      return (await this.issueAll(authority, files, days)).issued
    },
    rollOver(old: AuthoritySummary, parent: AuthoritySummary | null, days = 2000) {
      const issuer = parent === null ? null : { authority: parent.id, passphrase }
      return authorities.rollOver(old.id, days, { passphrase, issuer })
    },
    writeCrl(authority: AuthoritySummary, changes: Partial<CrlOrder> = {}) {
      return authorities.writeCrl({ authority: authority.id, passphrase }, { days: 30, lastCrl: null, ...changes })
    },
    /** The list as it stands. */
    async crl({ id }: AuthoritySummary): Promise<Crl> {
      return readCrl(Buffer.from((await authorities.crlFile(id, 'der')).content))
    },
    close: () => database.close(),
  }
}

export type Office = ReturnType<typeof openOffice>

export const isListed = (crl: Crl, { serial }: Pick<IssuedCertificate, 'serial'>): boolean =>
  crl.find(Buffer.from(serialNumberOctets(serial), 'hex')) !== null
