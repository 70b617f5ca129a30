import { homedir } from 'node:os'
import { join } from 'node:path'
import { app, type BrowserWindow } from 'electron'
import { compose } from '#electron/composition'
import { openDatabase } from '#electron/database/client'
import { systemClock } from '#electron/platform/clock'
import { readEnvironment } from '#electron/platform/environment'
import type { HomePaths } from '#electron/platform/home'
import { type Log, recordBug, recordFailure, recordTrace } from '#electron/platform/log'
import { createOtherVersions } from '#electron/platform/other-versions'
import { systemRandom } from '#electron/platform/random'
import { repairEntry } from '#electron/platform/system-entry'
import { createKeyring } from '#electron/vault/keyring'
import { eventChannel } from '#shared/ipc/channels'
import { AppEvent } from '#shared/ipc/events'
import { restrictionOn } from '#shared/logic/policy'
import { readAppInfo, readRuntime } from './app-info'
import { bringToFront } from './bring-to-front'
import { browserChromiumMajor, guardBrowserMode } from './browser-mode'
import { createBrowserVisitor } from './browser-visit/visitor'
import { closeInOrder } from './close'
import { systemCommandTool } from './command-tool'
import { ownCommand, systemDailyCheck } from './daily-check'
import { createDesktop } from './desktop'
import { setupExpiryWatch } from './expiry'
import { setupIdleLock, tellsOfLocking } from './idle-lock'
import { answer } from './ipc/answer'
import { createHandlers } from './ipc/handlers'
import type { Answerer } from './ipc/serve'
import { createTickets } from './ipc/tickets'
import { createUtilityJobs } from './jobs'
import { showLicences } from './licences'
import type { ShowMenu } from './menu'
import { createMenuAreas } from './menu-areas'
import { pageAddress } from './page-address'
import { createRecovery, type RecoveryHandlers } from './recovery'
import { createRepeatable } from './repeatable'
import { showLog } from './show-log'
import { systemStartAtLogin } from './start-at-login'
import { systemProxy } from './system-proxy'
import type { KeepRunning } from './tray/keep-running'
import { setupUpdates } from './updates/setup'
import { actOnWindow } from './window-acts'
import type { WindowCommands } from './window-commands'

/** A screen that waits longer feels stuck. Tests of a site and new keys take longer too; the log then says how long. */
const SLOW_MS = 1000

interface BackendPorts {
  paths: HomePaths
  /** What was wrong with the folder may have been put right since. */
  lookAgain(): HomePaths
  log: Log
  commands: WindowCommands
  window(): BrowserWindow | null
  showMenu: ShowMenu
  keepRunning: KeepRunning
}

/** Everything behind the window: services, and who answers for them. Loaded when the window asks its first question. */
export function startBackend({
  paths,
  lookAgain,
  log,
  commands,
  window,
  showMenu,
  keepRunning,
}: BackendPorts): Answerer {
  function send(event: AppEvent): void {
    const current = window()
    if (current !== null && !current.isDestroyed()) current.webContents.send(eventChannel, AppEvent.parse(event))
  }

  const dailyCheck = systemDailyCheck(log)
  const startAtLogin = systemStartAtLogin()
  const jobs = createUtilityJobs()
  const keyring = createKeyring()
  const visitor = guardBrowserMode(createBrowserVisitor())
  const tickets = createTickets(systemClock, systemRandom)
  const desktop = createDesktop(window)

  const recovery: RecoveryHandlers = createRecovery({ paths, clock: systemClock, start: () => started.latest() })

  // The page's first question simply waits for the database to open. After a failed start, each further one tries again.
  const started = createRepeatable(async () => {
    const services = await compose({
      paths: paths.refusal === null ? paths : lookAgain(),
      environment: readEnvironment(),
      userHome: homedir(),
      jobs,
      log,
      keyring,
      openDatabase: (home) => openDatabase({ workerPath: join(__dirname, '../main/database-worker.cjs'), home, log }),
      visitor,
      systemProxy,
      chromiumMajor: browserChromiumMajor(),
      tellsOfLocking: tellsOfLocking(),
      changed(...topics) {
        send({ type: 'changed', topics })
        void expiry.noteChange(topics)
        void menuAreas.noteChange(topics)
      },
    })
    const versions = createOtherVersions(paths.home)
    void versions.noteWindow(process.pid)
    app.once('quit', () => versions.forgetWindow(process.pid))
    // For issuers of an earlier version; a vault that must not be touched is left alone.
    services.authorities
      .keepCertificates()
      .catch((error: unknown) => recordFailure(log, 'issuer-certificates-not-kept', error, 'keep-certificates'))
    const handlers = createHandlers({
      services,
      desktop,
      recovery,
      tickets,
      commands,
      appInfo: () => readAppInfo(paths),
      dailyCheck,
      startAtLogin,
      commandTool: systemCommandTool(),
      keepRunning,
      updates,
      runtime: readRuntime(),
      showLog: () => showLog(paths),
      showLicences,
      actOnWindow,
      recordTrace: (trace) => recordTrace(log, trace, { operation: 'page' }),
      send,
    })
    void expiry.check()
    void updates.checkByItself()
    for (const [entry, event] of [
      [dailyCheck, 'daily-check-not-repaired'],
      [startAtLogin, 'login-start-not-repaired'],
    ] as const)
      void repairEntry(entry, ownCommand()[0]).catch((error: unknown) =>
        recordFailure(log, event, error, 'repair-entry'),
      )
    void menuAreas.refresh()
    return { services, handlers }
  })
  const services = async () => (await started.latest()).services
  const updates = setupUpdates({
    paths,
    log,
    changed: (...topics) => send({ type: 'changed', topics }),
    updatesAllowed: async () => restrictionOn('updates', (await services()).policy.state()) === null,
  })
  closeInOrder(services)
  const menuAreas = createMenuAreas({
    areas: async () => (await services()).areas,
    show: showMenu,
    onError: (error) => recordBug(log, error, { operation: 'menu' }),
  })
  const noteUse = setupIdleLock(services, log)
  const expiry = setupExpiryWatch({
    alerts: async () => (await services()).alerts,
    log,
    window,
    changed: (topic) => send({ type: 'changed', topics: [topic] }),
    showDue: keepRunning.showDue,
    show(command) {
      commands.give(command)
      bringToFront(window())
    },
  })
  return (channel, sender, input) => {
    noteUse()
    return answer(channel, sender, input, {
      // Looked at only where it is needed: after a failed start, asking for it tries again.
      get handlers() {
        return started.get().then(({ handlers }) => handlers)
      },
      early: recovery,
      ownOrigin: pageAddress(),
      onBug(bugged, error) {
        recordBug(log, error, { channel: bugged })
        console.error(error)
      },
      onAnswered(answered, milliseconds) {
        if (milliseconds > SLOW_MS) log.warn('slow-call', { channel: answered, milliseconds })
      },
    })
  }
}
