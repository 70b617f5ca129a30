import type { Preferences } from '#electron/platform/preferences'
import type { Wait } from '#electron/platform/wait'
import type { TrayState } from '#shared/model/app'
import type { Expiring } from '#shared/model/expiring'
import type { AppPreferences } from '#shared/model/preferences'
import type { TrayHost } from './tray-host'

/** As the system shows it; made anew where the one before may be gone. */
export interface TrayIcon {
  draw(due: readonly Expiring[]): void
  remove(): void
}

export interface KeepRunningPorts {
  preferences: Preferences<AppPreferences>
  findTrayHost(): Promise<TrayHost>
  makeIcon(): TrayIcon
  /** Where it can be found again: in the tray, or by another start. */
  hideWindow(): void
  quit(): void
  wait: Wait
  /** The icon could not be made: a mistake of ours, to be logged. */
  onError(error: unknown): void
}

/** `not-yet`: nobody shows it now, which may change; `never`: waiting would not help. */
type Shown = 'shown' | 'not-yet' | 'never'

/** After the login, the desktop may be slower than its programs. */
const LOOKS = 15
const LOOK_EVERY_MS = 2000

/**
 * Whether Latchkey stays when its window is closed, with an icon in the tray. Where nobody shows icons, closing the window quits,
 * as if it were off: no window is ever hidden where nothing leads back to it.
 */
export function createKeepRunning(ports: KeepRunningPorts) {
  const { preferences, findTrayHost, makeIcon, hideWindow, quit, wait, onError } = ports
  let isOn = false
  let isQuitting = false
  let icon: TrayIcon | null = null
  let due: readonly Expiring[] = []

  function removeIcon(): void {
    icon?.remove()
    icon = null
  }

  /** A host that has come anew knows nothing of an earlier icon, so it is made each time. */
  async function showIcon(): Promise<Shown> {
    const host = await findTrayHost()
    removeIcon()
    if (!isOn || host === 'unknown') return 'never'
    if (host === 'absent') return 'not-yet'
    try {
      icon = makeIcon()
      icon.draw(due)
      return 'shown'
    } catch (error) {
      // Whoever waits for it must come to a window all the same.
      onError(error)
      removeIcon()
      return 'never'
    }
  }

  const started = preferences.read().then(async ({ keepsRunning }) => {
    isOn = keepsRunning
    if (isOn) await showIcon()
  })

  const state = async (): Promise<TrayState> => ({ isOn, isShown: (await findTrayHost()) === 'there' })

  return {
    async state(): Promise<TrayState> {
      await started
      return state()
    },
    async set(wanted: boolean): Promise<TrayState> {
      await started
      await preferences.change(() => ({ keepsRunning: wanted }))
      isOn = wanted
      if (isOn) await showIcon()
      else removeIcon()
      return state()
    },
    /** What is due has changed. */
    showDue(expiring: readonly Expiring[]): void {
      due = expiring
      icon?.draw(due)
    },
    /** The window is about to close. */
    closing(event: { preventDefault(): void }): void {
      if (isQuitting || !isOn) return
      event.preventDefault()
      void showIcon().then(
        (shown) => (shown === 'shown' ? hideWindow() : quit()),
        () => quit(),
      )
    },
    quitting(): void {
      isQuitting = true
    },
    /** Whether the window can stay hidden after a start by the session: in the tray, once that is there. */
    async staysHidden(): Promise<boolean> {
      await started
      for (let look = 0; isOn && look < LOOKS; look += 1) {
        const shown = await showIcon()
        if (shown !== 'not-yet') return shown === 'shown'
        await wait(LOOK_EVERY_MS, undefined)
      }
      return false
    },
  }
}

export type KeepRunning = ReturnType<typeof createKeepRunning>
