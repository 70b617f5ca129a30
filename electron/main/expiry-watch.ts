import type { Clock } from '#electron/platform/clock'
import type { Services } from '#electron/services/services'
import type { Topic } from '#shared/ipc/events'
import type { ExpiryNotification } from '#shared/logic/expiring/notification'
import type { Expiring } from '#shared/model/expiring'

/** Timers stop while the computer sleeps, so it reads the clock often and acts once a day. */
const LOOK_EVERY_MS = 10 * 60_000
/** A warning of a new day comes in the morning, not at midnight. */
const MORNING_HOUR = 9

export interface ExpiryWatchPorts {
  alerts(): Promise<Pick<Services['alerts'], 'find' | 'takeWarnings' | 'returnWarnings'>>
  /** False where the system shows no notifications: then no warning counts as given. */
  canNotify(): boolean
  /** Calls `notShown` where the system does not show it after all. */
  notify(notification: ExpiryNotification, notShown: () => void): void
  /** On the dock or the taskbar, and in the tray; none removes it. */
  showDue(expiring: readonly Expiring[]): void
  /** Makes the window read it again. */
  changed(topic: 'expiring'): void
  clock: Clock
  /** Calls again and again, this many milliseconds apart. */
  every(milliseconds: number, act: () => void): void
  onError(error: unknown): void
}

export interface ExpiryWatch {
  /** At start, and when the computer wakes up. */
  check(): Promise<void>
  /** What is counted may have changed. */
  noteChange(topics: Topic[]): Promise<void>
}

const counted: readonly Topic[] = ['identities', 'hosts', 'reports', 'authorities']

/** Checks once a day what expires: at start, each morning while the app runs, and after sleep. */
export function createExpiryWatch(ports: ExpiryWatchPorts): ExpiryWatch {
  const { alerts, canNotify, notify, showDue, changed, clock, every, onError } = ports
  let checkedOn: string | null = null

  async function check(): Promise<void> {
    checkedOn = morningOf(clock.now())
    try {
      await count()
      changed('expiring')
      if (canNotify()) await warn()
    } catch (error) {
      checkedOn = null // The next look tries again.
      onError(error)
    }
  }

  async function warn(): Promise<void> {
    const { takeWarnings, returnWarnings } = await alerts()
    for (const warning of await takeWarnings()) notify(warning, () => void returnWarnings(warning).catch(onError))
  }

  async function count(): Promise<void> {
    showDue((await (await alerts()).find()).expiring)
  }

  every(LOOK_EVERY_MS, () => {
    if (checkedOn !== morningOf(clock.now())) void check()
  })

  return {
    check,
    async noteChange(topics) {
      if (topics.some((topic) => counted.includes(topic))) await count().catch(onError)
    },
  }
}

/** The day that began on this or the last morning. */
const morningOf = (now: Date): string =>
  new Date(now.getFullYear(), now.getMonth(), now.getDate(), now.getHours() - MORNING_HOUR).toDateString()
