import type { CommandLink } from '#electron/platform/command-link'
import type { SystemEntry } from '#electron/platform/system-entry'
import type { Services } from '#electron/services/services'
import type { UpdateService } from '#electron/services/updates/updates'
import type { Handlers } from '#shared/ipc/contract'
import type { AppEvent } from '#shared/ipc/events'
import { diagnosticReport } from '#shared/logic/diagnostic-report'
import { fileNameOf } from '#shared/logic/naming'
import { reportFile } from '#shared/logic/report/file'
import type { Trace } from '#shared/logic/trace'
import type { AppInfo } from '#shared/model/app'
import { destinationFacts } from '#shared/model/convert'
import type { Runtime } from '#shared/model/diagnostics'
import type { WindowAct } from '#shared/model/window-command'
import type { Desktop } from '../desktop'
import type { RecoveryHandlers } from '../recovery'
import { saveTogether } from '../save-file'
import { openHelp, openMail, openSite } from '../security'
import type { KeepRunning } from '../tray/keep-running'
import type { WindowCommands } from '../window-commands'
import { withFiles } from '../with-files'
import { createAccessHandlers } from './access-handlers'
import { createAuthorityHandlers } from './authority-handlers'
import { createBackupHandlers } from './backup-handlers'
import { createFileHandlers } from './file-handlers'
import { createScreenJobs } from './screen-jobs'
import { createSetupHandlers } from './setup-handlers'
import type { Tickets } from './tickets'

export interface HandlerPorts {
  services: Services
  desktop: Desktop
  recovery: RecoveryHandlers
  tickets: Tickets
  commands: WindowCommands
  appInfo(): Promise<AppInfo>
  dailyCheck: SystemEntry
  startAtLogin: SystemEntry
  commandTool: CommandLink
  keepRunning: Pick<KeepRunning, 'state' | 'set'>
  updates: Pick<UpdateService, 'state' | 'check' | 'setAutomatic'>
  runtime: Runtime
  showLog(): void
  showLicences(): void
  actOnWindow(act: WindowAct): void
  recordTrace(trace: Trace): void
  send(event: AppEvent): void
}

const done = () => true as const

async function switchEntry(entry: SystemEntry, isOn: boolean): Promise<{ isOn: boolean }> {
  await (isOn ? entry.switchOn() : entry.switchOff())
  return { isOn: await entry.isOn() }
}

/** Channel → service, one line each. */
export function createHandlers(ports: HandlerPorts): Handlers {
  const { services, desktop, tickets, commands, appInfo, dailyCheck, startAtLogin, updates, send } = ports
  const { vault, identities, renewal, installs, hosts, connections, lab, home, interrupted, activity, areas } = services
  const jobs = createScreenJobs(send)
  return {
    'app.info': appInfo,
    'app.copy': async ({ text }) => {
      await desktop.copy(text)
      return true
    },
    'app.diagnostics': async () => ({ text: diagnosticReport(await services.diagnostics(ports.runtime)) }),
    'app.policy': async () => services.policy.state(),
    'app.showLog': async () => {
      ports.showLog()
      return true
    },
    'app.showLicences': async () => {
      ports.showLicences()
      return true
    },
    'app.window': async ({ act }) => {
      ports.actOnWindow(act)
      return true
    },
    'app.bug': async (trace) => {
      ports.recordTrace(trace)
      return true
    },
    'app.openLink': ({ link }) => openHelp(link).then(done),

    'vault.state': () => vault.state(),
    'vault.unrecorded': () => vault.unrecorded(),
    'vault.unlock': ({ passphrase }) => vault.unlock(passphrase),
    'vault.lock': () => vault.lock(),
    'vault.lockAfter': () => vault.lockAfter(),
    'vault.setLockAfter': ({ minutes }) => vault.setLockAfter(minutes),
    'vault.create': ({ passphrase }) => vault.create(passphrase),
    'vault.setPassphrase': ({ current, passphrase }) => vault.setPassphrase(current, passphrase),
    'vault.startAfresh': () => vault.startAfresh(),

    'identities.list': (page) => identities.list(page),
    'identities.detail': ({ identity }) => identities.detail(identity),
    'identities.verify': ({ identity }) => identities.verify(identity),
    'identities.request': ({ draft, namedIssuers, job }) =>
      jobs.run(job, (options) => identities.request(draft, { ...options, namedIssuers })),
    'identities.import': ({ sources, password, staged, pick, leaveClosed, job }) =>
      jobs.run(job, ({ signal }) =>
        withFiles(sources, { verb: 'import', tickets }, (files) =>
          identities.import(files, { origin: 'file', password, staged, pick, leaveClosed, takesIssuers: true, signal }),
        ),
      ),
    'identities.renewIssuers': async ({ identity }) => ({ renewed: await identities.renewIssuers(identity) }),
    'identities.renew': ({ identity, key, job }) =>
      jobs.run(job, (options) => identities.renew(identity, key, options)),
    'identities.continueRenewal': ({ identity, job }) =>
      jobs.run(job, ({ signal }) => renewal.continueWith(identity, signal)),
    'identities.removeReplaced': ({ identity }) => renewal.removeOld(identity).then(done),
    'identities.keepReplaced': ({ identity }) => renewal.keepOld(identity).then(done),
    'identities.message': ({ identity }) => identities.message(identity),
    'identities.mailRequest': async ({ identity }) => {
      const { subject, body } = await identities.message(identity)
      await openMail(subject, body)
      return true
    },
    'identities.saveRequest': async ({ identity }) => {
      const { name, pem } = await identities.requestFile(identity)
      return { name: await desktop.save(fileNameOf(name, 'csr'), pem) }
    },
    'identities.dragRequest': async ({ identity }) => {
      const { name, pem } = await identities.requestFile(identity)
      await desktop.drag(fileNameOf(name, 'csr'), pem)
      return true
    },
    'identities.export': async ({ identity, ...choice }) => {
      const { name } = await identities.get(identity)
      const path = await desktop.chooseWhere(fileNameOf(name, destinationFacts[choice.destination].extension))
      if (path === null) return { names: [] }
      const names = await identities.export(identity, choice, (files) => saveTogether(path, files))
      desktop.noteExported(path)
      return { names }
    },
    'identities.showExported': async () => {
      desktop.showExported()
      return true
    },
    'identities.label': ({ identity, ...label }) => identities.label(identity, label).then(done),
    'identities.tags': () => identities.tags(),
    'identities.addTag': ({ identities: ids, tag }) => identities.addTag(ids, tag).then(done),
    'identities.delete': ({ identity }) => services.deleteIdentity(identity).then(done),

    'installs.stores': () => installs.stores(),
    'installs.install': ({ identity, store, trust }) => installs.install(identity, store, trust),
    'installs.refresh': ({ identity }) => installs.refresh(identity),
    'installs.check': ({ install }) => installs.check(install),
    'installs.remove': ({ install }) => installs.remove(install),
    'installs.saveBrowserPolicy': async ({ identity, hosts: ids, system }) => {
      const { name, content } = await services.browserPolicy(identity, ids, system)
      return { name: await desktop.save(name, content) }
    },

    'hosts.list': (page) => hosts.list(page),
    'hosts.save': (draft) => hosts.save(draft),
    'hosts.pin': ({ host, key }) => hosts.pin(host, key),
    'hosts.awaitReplacement': ({ host, identity }) => hosts.awaitReplacement(host, identity),
    'hosts.restore': ({ hosts: ids }) => hosts.restore(ids).then(done),
    'hosts.addTag': ({ hosts: ids, tag }) => hosts.addTag(ids, tag).then(done),
    'hosts.delete': ({ hosts: ids }) => hosts.delete(ids).then(done),

    'connections.check': ({ address, job }) => jobs.run(job, ({ signal }) => services.siteCheck.check(address, signal)),
    'connections.test': ({ host, identity, mode, job }) =>
      jobs.run(job, ({ signal }) => connections.test(host, identity, mode, signal)),
    'connections.testStored': ({ host, sha256, job }) =>
      jobs.run(job, ({ signal }) => connections.testStored(host, sha256, signal)),
    'connections.reports': ({ host, page }) => connections.reports(host, page),
    'connections.report': ({ report }) => connections.report(report),
    'connections.cookie': async ({ report, side, name }) => ({ value: connections.cookie(report, side, name) }),
    'connections.saveReport': async ({ report, format }) => {
      const found = await connections.report(report)
      const content = reportFile(format, [found], __LATCHKEY_VERSION__)
      return { name: await desktop.save(fileNameOf(`${new URL(found.address).hostname} test`, format), content) }
    },
    'connections.openInBrowser': async ({ host }) => {
      await openSite(await connections.addressOf(host))
      return true
    },
    'connections.reportText': async ({ report }) => ({ text: await connections.reportText(report) }),

    'lab.state': () => lab.state(),
    'lab.start': () => lab.start(),
    'lab.stop': () => lab.stop(),
    'lab.setPolicy': (policy) => lab.setPolicy(policy),
    'lab.emptyAccount': () => lab.emptyAccount(),
    'lab.setScenario': ({ scenario }) => lab.setScenario(scenario),
    'lab.issue': ({ identity }) => lab.issue(identity),
    'lab.saveChain': async () => ({ name: await desktop.save('practice-ca-chain.pem', lab.chainPem()) }),

    ...createFileHandlers({ services, desktop, tickets, commands, jobs }),
    ...createAuthorityHandlers({ services, desktop, tickets, jobs }),
    ...createBackupHandlers({ services, desktop, tickets, jobs }),
    ...createAccessHandlers({ services, desktop, tickets, jobs }),
    ...createSetupHandlers({ services, desktop }),

    'jobs.cancel': async ({ job }) => {
      jobs.cancel(job)
      return true
    },
    ...ports.recovery,
    'home.state': async () => home.state(),
    'home.repair': () => home.repair(),

    'stored.list': () => services.stored.list(),

    'expiring.places': () => services.alerts.places(),
    'expiring.addToCalendar': async ({ about }) => {
      const { name, file } = await services.alerts.calendar(about)
      return { name: await desktop.save(fileNameOf(`${name} expires`, 'ics'), file) }
    },

    'interrupted.list': () => interrupted.glance(),
    'interrupted.discard': ({ id }) => interrupted.discard(id).then(done),
    'activity.list': (page) => activity.list(page),

    'expiring.dailyCheck': async () => ({ isOn: await dailyCheck.isOn() }),
    'expiring.setDailyCheck': ({ isOn }) => switchEntry(dailyCheck, isOn),
    'desktop.startAtLogin': async () => ({ isOn: await startAtLogin.isOn() }),
    'desktop.setStartAtLogin': ({ isOn }) => switchEntry(startAtLogin, isOn),
    'desktop.commandTool': ports.commandTool.state,
    'desktop.setCommandTool': ({ isOn }) => (isOn ? ports.commandTool.install() : ports.commandTool.remove()),
    'desktop.tray': () => ports.keepRunning.state(),
    'desktop.setTray': ({ isOn }) => ports.keepRunning.set(isOn),
    'updates.state': () => updates.state(),
    'updates.check': () => updates.check(),
    'updates.setAutomatic': ({ isOn }) => updates.setAutomatic(isOn),
    'areas.state': () => areas.state(),
    'areas.switchOn': ({ area, isOn }) => areas.switchOn(area, isOn),
  }
}
