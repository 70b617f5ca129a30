import type { PolicyFeature } from '#shared/logic/policy'
import type { createAuthorities } from './authorities'
import type { createBackups } from './backup'
import type { Cloudflare } from './cloudflare'
import type { LabService } from './lab'
import type { PolicyService } from './policy'
import type { createSetupFiles } from './setup-files'

type Policy = Pick<PolicyService, 'require'>
type Authorities = ReturnType<typeof createAuthorities>
type Backups = ReturnType<typeof createBackups>
type SetupFiles = ReturnType<typeof createSetupFiles>

/** For each method, what a policy must not have switched off. A new method does not compile without its rule. */
type RulesFor<S> = Readonly<Record<keyof S, readonly PolicyFeature[]>>

/** The same service, whose methods ask the policy first: a window and a terminal cannot do what the other may not. */
function within<S extends object>(policy: Policy, service: S, rules: RulesFor<S>): S {
  const ruleOf = new Map<PropertyKey, readonly PolicyFeature[]>(Object.entries(rules))
  return new Proxy(service, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name)
      const rule = ruleOf.get(name) ?? free
      if (typeof value !== 'function' || rule.length === 0) return value
      return (...input: unknown[]) => {
        for (const what of rule) policy.require(what)
        return Reflect.apply(value, target, input)
      }
    },
  })
}

/** Reading stays: who has hidden the screen has not removed what was issued. */
const free: readonly PolicyFeature[] = []
const issuing: readonly PolicyFeature[] = ['issuing']
const administering: readonly PolicyFeature[] = ['issuers']
const exporting: readonly PolicyFeature[] = ['issuers', 'key-export']

const issuerRules: RulesFor<Authorities> = {
  list: free,
  detail: free,
  chainFile: free,
  issued: free,
  issuedList: free,
  issuedFile: free,
  issuedMessage: free,
  issuedDetails: free,
  namesake: free,
  create: issuing,
  rollOver: issuing,
  import: issuing,
  rebuild: issuing,
  connect: issuing,
  settleLastCrl: administering,
  setPassphrase: administering,
  export: exporting,
  archive: administering,
  deletion: free,
  delete: administering,
  keepCertificates: free,
  readRequests: issuing,
  issue: issuing,
  unlock: issuing,
  /** Objects of their own: below. */
  keysForOthers: free,
  templates: free,
  unlocked: free,
  forgetKey: free,
  noteIdle: free,
  issueToIdentity: issuing,
  renew: issuing,
  renewSeveral: issuing,
  revoke: administering,
  revokeSeveral: administering,
  readRevocableFiles: free,
  readRevocableSerial: free,
  revokeOther: administering,
  writeCrl: administering,
  crlFile: free,
}

const keyMakerRules: RulesFor<Authorities['keysForOthers']> = {
  isAllowed: free,
  allow: administering,
  make: ['issuing', 'key-export'],
}

const templateRules: RulesFor<Authorities['templates']> = { list: free, save: administering, remove: administering }

export function issuersWithin(policy: Policy, authorities: Authorities): Authorities {
  const keysForOthers = within(policy, authorities.keysForOthers, keyMakerRules)
  const templates = within(policy, authorities.templates, templateRules)
  return within(policy, { ...authorities, keysForOthers, templates }, issuerRules)
}

/** A backup that was made elsewhere can be restored. */
const backupRules: RulesFor<Backups> = {
  state: free,
  dismissReminder: free,
  make: ['backup'],
  preview: free,
  restore: free,
}

export const backupsWithin = (policy: Policy, backups: Backups): Backups => within(policy, backups, backupRules)

const practising: readonly PolicyFeature[] = ['practice']

const practiceRules: RulesFor<LabService> = {
  state: free,
  known: free,
  start: practising,
  stop: free,
  end: free,
  setPolicy: practising,
  emptyAccount: practising,
  setScenario: practising,
  issue: practising,
  issueForRequest: practising,
  chainPem: practising,
}

export const practiceWithin = (policy: Policy, lab: LabService): LabService => within(policy, lab, practiceRules)

const administeringAccess: readonly PolicyFeature[] = ['access']

const accessRules: RulesFor<Cloudflare> = {
  read: administeringAccess,
  status: administeringAccess,
  check: administeringAccess,
  explain: administeringAccess,
  plan: administeringAccess,
  openForChanges: administeringAccess,
  testCas: administeringAccess,
  alerting: administeringAccess,
  testAlert: administeringAccess,
  drift: administeringAccess,
  compare: administeringAccess,
  noteOwn: administeringAccess,
  login: administeringAccess,
  /** A stored token can be removed. */
  logout: free,
  hasStoredToken: free,
}

export const accessWithin = (policy: Policy, cloudflare: Cloudflare): Cloudflare =>
  within(policy, cloudflare, accessRules)

const usingSetupFiles: readonly PolicyFeature[] = ['set-up-files']

/** Neither made nor read: a file that is read is signed by the key that the policy pins. */
const setupFileRules: RulesFor<SetupFiles> = {
  key: usingSetupFiles,
  make: usingSetupFiles,
  review: usingSetupFiles,
  use: usingSetupFiles,
}

export const setupFilesWithin = (policy: Policy, setupFiles: SetupFiles): SetupFiles =>
  within(policy, setupFiles, setupFileRules)
