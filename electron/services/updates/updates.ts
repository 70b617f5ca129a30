import { z } from 'zod'
import type { Clock } from '#electron/platform/clock'
import type { Preferences } from '#electron/platform/preferences'
import { isNewerVersion } from '#electron/platform/version'
import { AppError, isAppError } from '#shared/errors'
import { DAY_MS } from '#shared/logic/day'
import { neutralise } from '#shared/logic/neutralise'
import { Instant, toInstant } from '#shared/model/ids'
import type { UpdateChannel, Updates } from '#shared/model/updates'
import type { Changed } from '../changes'
import type { Manifest } from './manifest'

/** Kept between starts: what the person wants, and the latest that a manifest has said, so that no earlier one counts again. */
export const UpdateRecord = z.object({
  isAutomatic: z.boolean().default(true),
  checkedAt: Instant.nullable().default(null),
  seen: z.object({ version: z.string(), signed: Instant }).nullable().default(null),
  /** The release that is to be installed when the app quits, which a start of an earlier version shows was not. */
  ready: z.string().max(50).nullable().default(null),
})
export type UpdateRecord = z.infer<typeof UpdateRecord>

export interface UpdatePorts {
  version: string
  /** Who replaces this copy, where no policy forbids it. */
  channel(): UpdateChannel
  /** Of the organisation that manages this computer. */
  updatesAllowed(): Promise<boolean>
  /** The verified manifest of the feed. Errors: `update-unreachable`, `update-untrusted`, `update-damaged`. */
  manifest(): Promise<Manifest>
  /** Downloads a release, and installs it when this app quits. Errors: as `manifest`, and `update-failed`. */
  prepare(release: Manifest): Promise<void>
  /** Forgets a release that was prepared; false where it will be installed all the same. */
  withdraw(): boolean
  record: Preferences<UpdateRecord>
  clock: Clock
  changed: Changed
  /** A mistake of ours, to be logged. */
  onBug(error: unknown): void
}

/** Looks for newer releases, downloads them and leaves their installation to the end of the app. One check at a time. */
export function createUpdates(ports: UpdatePorts) {
  const { record, clock, changed } = ports
  let running: Promise<void> | null = null
  /** They were switched off: what is still being downloaded is not installed either. */
  let isWithdrawn = false
  let step: Updates['step'] = 'idle'
  let offered: Updates['offered'] = null
  let problem: Updates['problem'] = null
  let earlier: Promise<string | null> | null = null

  async function channel(): Promise<UpdateChannel> {
    const own = ports.channel()
    return own === 'feed' && !(await ports.updatesAllowed()) ? 'policy' : own
  }

  async function state(): Promise<Updates> {
    const found = await channel()
    const notInstalled = found === 'feed' ? await leftOver() : null
    const { isAutomatic, checkedAt } = await record.read()
    return { channel: found, isAutomatic, checkedAt, step, offered, problem, notInstalled }
  }

  /** What an earlier start had ready, and this one shows was not installed; forgotten at once, so that it is told once. */
  function leftOver(): Promise<string | null> {
    earlier ??= takeReady()
    return earlier
  }

  async function takeReady(): Promise<string | null> {
    const { ready } = await record.read()
    if (ready === null) return null
    // Where the folder cannot be written, it is told once more.
    await record.change(() => ({ ready: null })).catch(() => undefined)
    return isNewerVersion(ready, ports.version) ? ready : null
  }

  function show(next: Partial<Pick<Updates, 'step' | 'offered' | 'problem'>>): void {
    step = next.step ?? step
    if (next.offered !== undefined) offered = next.offered
    if (next.problem !== undefined) problem = next.problem
    changed('updates')
  }

  async function look(): Promise<void> {
    if ((await channel()) !== 'feed') return
    await leftOver()
    show({ step: 'checking', problem: null })
    const manifest = await ports.manifest()
    await refuseEarlier(manifest, record, clock.now())
    if (!isNewerVersion(manifest.version, ports.version)) return show({ step: 'nothing-newer', offered: null })
    const { version, releaseDate: released, releaseNotes } = manifest
    show({ step: 'downloading', offered: { version, released, notes: noteText(releaseNotes) } })
    await ports.prepare(manifest)
    if (isWithdrawn) return
    await record.change(() => ({ ready: version }))
    if (!isWithdrawn) show({ step: 'ready' })
  }

  function withdraw(): void {
    if (ports.withdraw() && step !== 'nothing-newer') show({ step: 'idle' })
  }

  /** Never fails: what went wrong is part of the state. What was ready stays so until another release takes its place. */
  async function check(): Promise<void> {
    if (isWithdrawn) await running
    isWithdrawn = false
    const wasReady = step === 'ready'
    running ??= look()
      .catch((error: unknown) => {
        if (!isAppError(error)) ports.onBug(error)
        const found = isAppError(error) ? error : new AppError('internal')
        show({
          step: wasReady && step === 'checking' ? 'ready' : 'idle',
          problem: { code: found.code, detail: found.detail ?? null },
        })
      })
      .finally(() => {
        running = null
        if (isWithdrawn) withdraw()
      })
    await running
  }

  return {
    state,
    /** Where the person wants it and nobody forbids it. */
    async checkByItself(): Promise<void> {
      if ((await record.read()).isAutomatic) await check()
    },
    async check(): Promise<Updates> {
      await check()
      return state()
    },
    /** What was prepared is not installed once it is switched off. */
    async setAutomatic(isAutomatic: boolean): Promise<Updates> {
      await record.change(() => (isAutomatic ? { isAutomatic } : { isAutomatic, ready: null }))
      if (!isAutomatic) {
        isWithdrawn = true
        withdraw()
      }
      changed('updates')
      return state()
    },
  }
}
export type UpdateService = ReturnType<typeof createUpdates>

/** Of this computer and of whoever signs. */
const CLOCKS_DIFFER_MS = DAY_MS

/**
 * Errors: `update-stale` where the manifest has expired or is dated in the future, or one that was signed later or names a newer release has been seen.
 * Otherwise keeps what it says.
 */
async function refuseEarlier(manifest: Manifest, record: Preferences<UpdateRecord>, now: Date): Promise<void> {
  const { version, signed, expires } = manifest
  if (Date.parse(expires) <= now.getTime())
    throw new AppError('update-stale', `The manifest was valid until ${expires.slice(0, 10)}.`)
  // With a clock that was set back, an expired manifest would count again; and one of next year would be the last that ever counts.
  if (Date.parse(signed) > now.getTime() + CLOCKS_DIFFER_MS)
    throw new AppError('update-stale', `The manifest is dated ${signed.slice(0, 10)}, which is in the future here.`)
  await record.change(({ seen }) => {
    if (seen !== null && signed < seen.signed)
      throw new AppError('update-stale', `It was signed before one that was seen earlier (${seen.signed}).`)
    if (seen !== null && isNewerVersion(seen.version, version))
      throw new AppError('update-stale', `It offers ${version}; ${seen.version} was offered before.`)
    return { checkedAt: toInstant(now), seen: { version, signed } }
  })
}

const MAX_NOTES = 20_000

/** Release notes as lines of plain text that can be shown: no controls but line ends, and no more than a person reads. */
const noteText = (notes: string): string =>
  notes
    .slice(0, MAX_NOTES)
    .trim()
    .split(/\r\n?|\n/u)
    .map(neutralise)
    .join('\n')
