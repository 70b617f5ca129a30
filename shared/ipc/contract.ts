import { z } from 'zod'
import { errorCodes } from '../errors'
import { PolicySystem } from '../logic/browser-policy/places'
import { mostConverted } from '../logic/file-limits'
import { MAX_SETUP_ISSUERS } from '../logic/setup-file'
import { Activity, ActivityQuery } from '../model/activity'
import { AppInfo, HelpLink } from '../model/app'
import { AreaName, Areas } from '../model/areas'
import { Destination, KeyProtection } from '../model/convert'
import { ExpiringPlaces } from '../model/expiring'
import { ChosenFiles, FileSource, LookedInside } from '../model/file'
import { HomeState, Recovery } from '../model/home'
import { Host, HostDraft } from '../model/host'
import {
  IdentityDetail,
  IdentityLabel,
  IdentityQuery,
  IdentitySummary,
  ImportInput,
  ImportOutcome,
  RequestDraft,
  RequestMessage,
} from '../model/identity'
import { HostId, IdentityId, InstallId, JobId, ReportId, Sha256, StoreId } from '../model/ids'
import { InterruptedId, InterruptedList } from '../model/interrupted'
import { LabPolicy, LabState } from '../model/lab'
import { LabScenario } from '../model/lab-scenario'
import { KeptLine, Tag } from '../model/label'
import { Page, pageOf } from '../model/page'
import { PathVerdict } from '../model/path'
import { PolicyState } from '../model/policy'
import { ProbeMode, ProbeReport, ReportFileFormat, ReportSummary } from '../model/probe'
import { RenewalKey, RenewalProgress } from '../model/renewal'
import { SiteCheck } from '../model/site-check'
import { Install, Removal, StoreState, Trust } from '../model/store'
import { StoredCertificates } from '../model/stored'
import { Trace } from '../model/trace'
import { LockAfter, Passphrase, UnrecordedKeys, VaultState } from '../model/vault'
import { ShownThing, WindowAct, WindowCommand } from '../model/window-command'
import { accessRows } from './access-rows'
import { authorityRows } from './authority-rows'
import { backupRows } from './backup-rows'
import type { Channel } from './channels'
import { desktopRows, switched } from './desktop-rows'
import { onFirstUse } from './on-first-use'
import { setupRows } from './setup-rows'

interface Row {
  in: z.ZodType
  out: z.ZodType
}

const nothing = z.undefined()
const done = z.literal(true)
const ofIdentity = z.strictObject({ identity: IdentityId })
const severalHosts = z.strictObject({ hosts: z.array(HostId).min(1).max(100_000) })
/** A file that was offered for saving: its name without the folder, or null when the user closed the dialog. */
const saved = z.strictObject({ name: z.string().nullable() })

/**
 * The whole conversation between the window and the main process: one row for each channel. Input *and* output are
 * parsed (`main/ipc/serve.ts`), so nothing that is not written here can cross. The schemas of a row are made when it is first
 * used: of all channels, a start needs one in ten.
 */
export const contract = onFirstUse({
  'app.info': () => ({ in: nothing, out: AppInfo }),
  'app.copy': () => ({ in: z.strictObject({ text: z.string().max(1_000_000) }), out: done }),
  /** What helps somebody else to find out what is wrong, without a name or a path. */
  'app.diagnostics': () => ({ in: nothing, out: z.strictObject({ text: z.string() }) }),
  'app.showLog': () => ({ in: nothing, out: done }),
  'app.showLicences': () => ({ in: nothing, out: done }),
  'app.window': () => ({ in: z.strictObject({ act: WindowAct }), out: done }),
  /** A mistake of ours on the page. */
  'app.bug': () => ({ in: Trace, out: done }),
  /** Of this computer's administrator. */
  'app.policy': () => ({ in: nothing, out: PolicyState }),
  'app.openLink': () => ({ in: z.strictObject({ link: HelpLink }), out: done }),
  /** What the menu, the system or a second start asks of the window; each is delivered once. */
  'app.commands': () => ({ in: nothing, out: z.array(WindowCommand) }),

  'vault.state': () => ({ in: nothing, out: VaultState }),
  'vault.unrecorded': () => ({ in: nothing, out: UnrecordedKeys }),
  'vault.unlock': () => ({ in: z.strictObject({ passphrase: Passphrase.nullable() }), out: VaultState }),
  /** Wipes the master key and whatever else opens something; waits for what is under way. */
  'vault.lock': () => ({ in: nothing, out: VaultState }),
  'vault.lockAfter': () => ({ in: nothing, out: LockAfter }),
  'vault.setLockAfter': () => ({ in: z.strictObject({ minutes: LockAfter }), out: LockAfter }),
  'vault.create': () => ({ in: z.strictObject({ passphrase: Passphrase }), out: VaultState }),
  /** `current`: null where none is set yet. */
  'vault.setPassphrase': () => ({
    in: z.strictObject({ current: Passphrase.nullable(), passphrase: Passphrase }),
    out: VaultState,
  }),
  'vault.startAfresh': () => ({ in: z.strictObject({ confirm: z.literal('start afresh') }), out: VaultState }),

  'identities.list': () => ({ in: IdentityQuery, out: pageOf(IdentitySummary) }),
  'identities.detail': () => ({ in: ofIdentity, out: IdentityDetail }),
  /** Its certificate by the chain it came with, and the CRLs of our own issuers. */
  'identities.verify': () => ({ in: ofIdentity, out: PathVerdict }),
  /** `namedIssuers`: of a set-up file; what arrives is compared with them. */
  'identities.request': () => ({
    in: z.strictObject({
      draft: RequestDraft,
      namedIssuers: z.array(Sha256).max(MAX_SETUP_ISSUERS).default([]),
      job: JobId,
    }),
    out: IdentitySummary,
  }),
  'identities.import': () => ({ in: ImportInput, out: ImportOutcome }),
  /** Its names in a new request; the one that still waits, where there is one. */
  'identities.renew': () => ({
    in: z.strictObject({ identity: IdentityId, key: RenewalKey, job: JobId }),
    out: IdentitySummary,
  }),
  /** The certificate that came: into every store that has the old one, and tested on its sites. */
  'identities.continueRenewal': () => ({
    in: z.strictObject({ identity: IdentityId, job: JobId }),
    out: RenewalProgress,
  }),
  /** The old one goes everywhere, once the new one is seen to do what it did. */
  'identities.removeReplaced': () => ({ in: ofIdentity, out: done }),
  'identities.keepReplaced': () => ({ in: ofIdentity, out: done }),
  /** Sends newer issuers of the same key with it, where this computer has them. */
  'identities.renewIssuers': () => ({ in: ofIdentity, out: z.strictObject({ renewed: z.boolean() }) }),
  'identities.message': () => ({ in: ofIdentity, out: RequestMessage }),
  'identities.mailRequest': () => ({ in: ofIdentity, out: done }),
  'identities.saveRequest': () => ({ in: ofIdentity, out: saved }),
  'identities.dragRequest': () => ({ in: ofIdentity, out: done }),
  /** Into files where the person says; their names, and none when the dialog was closed. */
  'identities.export': () => ({
    in: z.strictObject({ identity: IdentityId, destination: Destination, protection: KeyProtection }),
    out: z.strictObject({ names: z.array(z.string()) }),
  }),
  /** What was exported last, in the system's file manager. */
  'identities.showExported': () => ({ in: nothing, out: done }),
  'identities.delete': () => ({ in: ofIdentity, out: done }),
  /** Its name in the lists, tags and note. */
  'identities.label': () => ({ in: z.strictObject({ identity: IdentityId, ...IdentityLabel.shape }), out: done }),
  'identities.tags': () => ({ in: nothing, out: z.array(KeptLine) }),
  'identities.addTag': () => ({
    in: z.strictObject({ identities: z.array(IdentityId).min(1).max(100_000), tag: Tag }),
    out: done,
  }),

  'files.choose': () => ({ in: nothing, out: ChosenFiles }),

  'installs.stores': () => ({ in: nothing, out: z.array(StoreState) }),
  'installs.install': () => ({
    in: z.strictObject({ identity: IdentityId, store: StoreId, trust: Trust }),
    out: Install,
  }),
  'installs.refresh': () => ({ in: z.strictObject({ identity: IdentityId }), out: z.array(Install) }),
  'installs.check': () => ({ in: z.strictObject({ install: InstallId }), out: Install }),
  'installs.remove': () => ({ in: z.strictObject({ install: InstallId }), out: Removal }),
  /** The policy by which browsers pick certificates of this one's issuer for these sites without asking. */
  'installs.saveBrowserPolicy': () => ({
    in: z.strictObject({ identity: IdentityId, hosts: z.array(HostId).min(1).max(1000), system: PolicySystem }),
    out: saved,
  }),

  'hosts.list': () => ({ in: Page, out: pageOf(Host) }),
  'hosts.save': () => ({ in: HostDraft, out: Host }),
  'hosts.pin': () => ({ in: z.strictObject({ host: HostId, key: Sha256.nullable() }), out: Host }),
  /** The site is tested with this certificate as soon as it has been issued. */
  'hosts.awaitReplacement': () => ({ in: z.strictObject({ host: HostId, identity: IdentityId }), out: Host }),
  'hosts.delete': () => ({ in: severalHosts, out: done }),
  /** Undoes `hosts.delete`, with the reports, for as long as they are kept. */
  'hosts.restore': () => ({ in: severalHosts, out: done }),
  'hosts.addTag': () => ({ in: severalHosts.extend({ tag: Tag }), out: done }),

  /** What a site asks of its visitors, and which certificate of this computer fits. Nothing is presented or kept. */
  'connections.check': () => ({ in: z.strictObject({ address: z.string().max(4096), job: JobId }), out: SiteCheck }),
  'connections.test': () => ({
    in: z.strictObject({ host: HostId, identity: IdentityId.nullable(), mode: ProbeMode, job: JobId }),
    out: ProbeReport,
  }),
  /** With a certificate that a store of the system has, as the browser. */
  'connections.testStored': () => ({
    in: z.strictObject({ host: HostId, sha256: Sha256, job: JobId }),
    out: ProbeReport,
  }),
  'connections.reports': () => ({
    in: z.strictObject({ host: HostId.nullable(), page: Page }),
    out: pageOf(ReportSummary),
  }),
  'connections.report': () => ({ in: z.strictObject({ report: ReportId }), out: ProbeReport }),
  'connections.cookie': () => ({
    in: z.strictObject({ report: ReportId, side: z.enum(['without', 'with']), name: z.string().max(256) }),
    out: z.strictObject({ value: z.string() }),
  }),
  'connections.saveReport': () => ({ in: z.strictObject({ report: ReportId, format: ReportFileFormat }), out: saved }),
  /** In the person’s own browser. */
  'connections.openInBrowser': () => ({ in: z.strictObject({ host: HostId }), out: z.literal(true) }),
  'connections.reportText': () => ({
    in: z.strictObject({ report: ReportId }),
    out: z.strictObject({ text: z.string() }),
  }),

  'lab.state': () => ({ in: nothing, out: LabState }),
  'lab.start': () => ({ in: nothing, out: LabState }),
  'lab.stop': () => ({ in: nothing, out: LabState }),
  'lab.setPolicy': () => ({ in: LabPolicy, out: LabState }),
  /** Empties the practice account, so that the policy decides again. */
  'lab.emptyAccount': () => ({ in: nothing, out: LabState }),
  /** Breaks the practice site in one way; null mends it. */
  'lab.setScenario': () => ({ in: z.strictObject({ scenario: LabScenario.nullable() }), out: LabState }),
  'lab.issue': () => ({ in: ofIdentity, out: ImportOutcome }),
  'lab.saveChain': () => ({ in: nothing, out: saved }),

  /** One file at a time, so that each can have its own password and be stopped. */
  'files.inspect': () => ({
    in: z.strictObject({ source: FileSource, password: z.string().max(1024).nullable(), job: JobId }),
    out: LookedInside,
  }),
  /** The first file's certificate against everything else in the files; CRLs and roots among them are used. */
  'files.verify': () => ({
    in: z.strictObject({ sources: z.array(FileSource).min(1).max(16), password: z.string().max(1024).nullable() }),
    out: PathVerdict,
  }),
  /** Into files where the person says; their names, and none when the dialog was closed. Nothing is kept. */
  'files.convert': () => ({
    in: z.strictObject({
      sources: z.array(FileSource).min(1).max(mostConverted),
      /** Opens them. */
      password: z.string().max(1024).nullable(),
      destination: Destination,
      /** Which of several: its number, its name, or the beginning of its fingerprint. */
      pick: z.string().min(1).max(256).nullable(),
      protection: KeyProtection,
      job: JobId,
    }),
    out: z.strictObject({ names: z.array(z.string()), key: z.enum(['none', 'encrypted', 'plain']) }),
  }),

  ...authorityRows,
  ...backupRows,
  ...desktopRows,
  ...setupRows,
  ...accessRows,

  'jobs.cancel': () => ({ in: z.strictObject({ job: JobId }), out: done }),
  'home.state': () => ({ in: nothing, out: HomeState }),
  /** Closes the folder to other accounts. */
  'home.repair': () => ({ in: nothing, out: HomeState }),
  /** These are answered also where the start failed. */
  'home.recovery': () => ({ in: nothing, out: Recovery }),
  'home.openFolder': () => ({ in: nothing, out: done }),
  /** Sets a damaged database aside; `copy` takes its place, or an empty one where it is null. */
  'home.recover': () => ({ in: z.strictObject({ copy: z.number().int().min(1).nullable() }), out: done }),

  /** Client certificates that only the stores of this computer have, as they say now. */
  'stored.list': () => ({ in: nothing, out: StoredCertificates }),

  /** What expires soon, counted by the screen on which it is dealt with. */
  'expiring.places': () => ({ in: nothing, out: ExpiringPlaces }),
  /** Saves a calendar file for one certificate or issuer. */
  'expiring.addToCalendar': () => ({ in: z.strictObject({ about: ShownThing }), out: saved }),
  /** Whether a timer of the system checks once a day while the window is closed. */
  'expiring.dailyCheck': () => ({ in: nothing, out: switched }),
  'expiring.setDailyCheck': () => ({ in: switched, out: switched }),

  /** Changes that were begun and not finished, except those in progress. */
  'interrupted.list': () => ({ in: nothing, out: InterruptedList }),
  /** Removes the entry, and undoes nothing. */
  'interrupted.discard': () => ({ in: z.strictObject({ id: InterruptedId }), out: done }),
  'activity.list': () => ({ in: ActivityQuery, out: pageOf(Activity) }),

  /** Which parts of the app are shown to this person. */
  'areas.state': () => ({ in: nothing, out: Areas }),
  'areas.switchOn': () => ({ in: z.strictObject({ area: AreaName, isOn: z.boolean() }), out: Areas }),
} satisfies Record<Channel, () => Row>)

type In<C extends Channel> = z.output<(typeof contract)[C]['in']>
/** What the caller writes: defaults may be left out. */
export type Call<C extends Channel> = z.input<(typeof contract)[C]['in']>
export type Out<C extends Channel> = z.output<(typeof contract)[C]['out']>
export type Handlers = { [C in Channel]: (input: In<C>) => Promise<Out<C>> }

export const Failure = z.strictObject({
  code: z.enum(errorCodes),
  /** Words a person understands, from `messages.ts`. */
  message: z.string(),
  detail: z.string().nullable(),
  /** What had been done before it, and stays done. */
  done: z.string().optional(),
})
export type Failure = z.infer<typeof Failure>

export type Reply<C extends Channel> = { ok: true; value: Out<C> } | { ok: false; error: Failure }
