import type { JobOptions } from '#electron/jobs/jobs'
import type { IncomingFile } from '#electron/platform/incoming-file'
import type { Services } from '#electron/services/services'
import type { accessRows } from '#shared/ipc/access-rows'
import type { Handlers } from '#shared/ipc/contract'
import type { AccessIntent } from '#shared/model/access-intent'
import type { FileSource } from '#shared/model/file'
import type { Desktop } from '../desktop'
import { withFiles } from '../with-files'
import type { ScreenJobs } from './screen-jobs'
import type { Tickets } from './tickets'

export type AccessHandlers = Pick<Handlers, keyof typeof accessRows>

interface Ports {
  services: Pick<Services, 'accessScreen'>
  desktop: Pick<Desktop, 'save'>
  tickets: Tickets
  jobs: ScreenJobs
}

const done = () => true as const

/** The channels of Access → its service, one line each. That is loaded with the first of them. */
export function createAccessHandlers({ services, desktop, tickets, jobs }: Ports): AccessHandlers {
  const open = services.accessScreen
  const planFor = async (intent: AccessIntent, options: JobOptions) => {
    const screen = await open()
    const work = ([file = null]: (IncomingFile | null)[]) => screen.plan(intent, file, options)
    return withFiles(sourcesOf(intent), { verb: 'inspect', tickets }, work)
  }

  return {
    'cloudflare.connection': async () => (await open()).connection(),
    'cloudflare.connect': ({ token, account, keep, job }) =>
      jobs.run(job, async (options) => (await open()).connect({ token, account, isStored: keep }, options)),
    'cloudflare.practise': async ({ isOn }) => (await open()).practise(isOn),
    'cloudflare.disconnect': async () => (await open()).disconnect(),
    'cloudflare.read': ({ job }) => jobs.run(job, async (options) => (await open()).read(options)).then(done),
    'cloudflare.overview': async () => (await open()).overview(),
    'cloudflare.acceptChanges': async () => (await open()).accept().then(done),
    'cloudflare.explain': async ({ address, visitor }) => (await open()).explain(address, visitor),
    'cloudflare.plan': ({ intent, job }) => jobs.run(job, (options) => planFor(intent, options)),
    'cloudflare.planUndo': ({ run, job }) => jobs.run(job, async (options) => (await open()).planUndo(run, options)),
    'cloudflare.savePlan': async ({ plan }) => ({
      name: await desktop.save('latchkey.access.json', (await open()).planFile(plan)),
    }),
    'cloudflare.apply': ({ plan, job, ...permission }) =>
      jobs.run(job, async (options) => (await open()).apply(plan, permission, options)),
    'cloudflare.resume': ({ run, job, ...permission }) =>
      jobs.run(job, async (options) => (await open()).resume(run, permission, options)),
    'cloudflare.forgetWriteToken': async () => (await open()).forgetWriteToken(),
    'cloudflare.protections': async () => (await open()).protections.list(),
    'cloudflare.saveProtection': async ({ account, draft, planned }) =>
      (await open()).protections.save(account, draft, planned).then(done),
    'cloudflare.noteFirstCertificate': async ({ account, commonName, identity }) =>
      (await open()).protections.noteIdentity(account, commonName, identity).then(done),
    'cloudflare.forgetProtection': async ({ account }) => (await open()).protections.remove(account).then(done),
    'cloudflare.runs': async () => (await open()).runs(),
    'cloudflare.rollOver': async () => (await open()).rollOver(),
    'cloudflare.testRollOver': ({ job }) => jobs.run(job, async (options) => (await open()).testRollOver(options)),
    'cloudflare.testAlert': ({ alert, job, ...permission }) =>
      jobs.run(job, async (options) => (await open()).testAlert(alert, permission, options)),
  }
}

function sourcesOf(intent: AccessIntent): FileSource[] {
  if (intent.kind === 'file') return [intent.source]
  if (!('ca' in intent) || typeof intent.ca === 'string' || intent.ca.kind !== 'file') return []
  return [intent.ca.source]
}
