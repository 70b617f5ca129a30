import { AppError } from '#shared/errors'
import type { DailyCheck, DailyCheckPorts } from './daily-check'
import { createLaunchdCheck } from './launchd'
import { createSystemdCheck } from './systemd'
import { createTaskSchedulerCheck } from './task-scheduler'

/** The timer of this system. Where it has none that is known here, switching it on is refused: `timer-unavailable`. */
export function createDailyCheck(ports: DailyCheckPorts): DailyCheck {
  switch (ports.platform) {
    case 'linux':
      return createSystemdCheck(ports)
    case 'darwin':
      return createLaunchdCheck(ports)
    case 'win32':
      return ports.latchkeyHome === null
        ? createTaskSchedulerCheck(ports)
        : none('A scheduled task cannot set LATCHKEY_HOME.')
    default:
      return none(`${ports.platform} has no timer that Latchkey knows.`)
  }
}

const none = (reason: string): DailyCheck => ({
  isOn: async () => false,
  startsOtherwise: async () => null,
  switchOn: async () => {
    throw new AppError('timer-unavailable', reason)
  },
  switchOff: async () => undefined,
})
