import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { isAppError } from '#shared/errors'
import { holds, isThere, textOf } from '../system-entry'
import { replaceFile } from '../write-file'
import { CHECK_HOUR, type DailyCheck, type DailyCheckPorts, timerNames } from './daily-check'
import { runOrFail, runProgram } from './timer-program'

type Ports = Pick<DailyCheckPorts, 'run' | 'userHome' | 'configHome' | 'command' | 'latchkeyHome'>

const name = timerNames.systemd
const timer = `${name}.timer`

/** A systemd timer of the user manager: systemd.timer(5), systemd.service(5), systemctl(1). */
export function createSystemdCheck({ run, userHome, configHome, command, latchkeyHome }: Ports): DailyCheck {
  const folder = join(configHome ?? join(userHome, '.config'), 'systemd', 'user')
  const files = { service: join(folder, `${name}.service`), timer: join(folder, timer) }
  const service = serviceUnit(command, latchkeyHome)
  const systemctl = (...args: string[]) => runOrFail(run, 'systemctl', ['--user', ...args])

  const isEnabled = async () =>
    (await runProgram(run, 'systemctl', ['--user', 'is-enabled', '--quiet', timer])).exitCode === 0

  async function remove(): Promise<void> {
    await rm(files.timer, { force: true })
    await rm(files.service, { force: true })
  }

  return {
    async isOn() {
      const isOurs = (await holds(files.service, service)) && (await holds(files.timer, timerUnit()))
      if (!isOurs) return false
      return isEnabled()
    },
    async startsOtherwise() {
      const text = await textOf(files.service)
      const isAsMade = text === service && (await holds(files.timer, timerUnit()))
      if (text === null || isAsMade || !isFor(text, latchkeyHome) || !(await isEnabled())) return null
      return programIn(text)
    },
    async switchOn() {
      await mkdir(folder, { recursive: true })
      try {
        await replaceFile(files.service, service, 0o644)
        await replaceFile(files.timer, timerUnit(), 0o644)
        await systemctl('daemon-reload')
        await systemctl('enable', '--now', timer)
      } catch (error) {
        if (!isAppError(error, 'timer-unavailable'))
          await runProgram(run, 'systemctl', ['--user', 'disable', '--now', timer])
        await remove()
        throw error
      }
    },
    async switchOff() {
      if (!(await isThere(files.timer))) return
      await systemctl('disable', '--now', timer)
      await remove()
      await systemctl('daemon-reload')
    },
  }
}

/**
 * Without a screen nothing can be shown, so it is not started then; the next start of the app checks anyway. Once the package
 * is removed, whose scripts leave the timers of people alone, it is skipped without an error. The window that a click on a
 * warning opens stays when the check ends (systemd.kill(5), `KillMode`).
 */
export const serviceUnit = (command: DailyCheckPorts['command'], latchkeyHome: string | null): string =>
  `[Unit]
Description=Warn before certificates in Latchkey expire
ConditionFileIsExecutable=${withoutSpecifiers(command[0])}
ConditionEnvironment=|DISPLAY
ConditionEnvironment=|WAYLAND_DISPLAY

[Service]
Type=oneshot
KillMode=process
${latchkeyHome === null ? '' : homeLine(latchkeyHome)}ExecStart=${command.map(argument).join(' ')}
TimeoutStartSec=15min
`

/** `Persistent`: a day on which the computer was off is made up for. */
export const timerUnit = (): string =>
  `[Unit]
Description=Once a day, look which certificates in Latchkey expire soon

[Timer]
OnCalendar=*-*-* ${String(CHECK_HOUR).padStart(2, '0')}:00:00
RandomizedDelaySec=10min
Persistent=true

[Install]
WantedBy=timers.target
`

/** The path of a condition stands without quotes (systemd.unit(5), "Specifiers"). */
const withoutSpecifiers = (text: string): string => text.replaceAll('%', '%%')

/** Quotes and backslashes too (systemd.syntax(7), "Quoting"). */
const quoted = (text: string): string => `"${withoutSpecifiers(text.replace(/["\\]/gu, '\\$&'))}"`

/** In a command line `$` stands for a variable as well (systemd.service(5), "Command lines"). */
const argument = (text: string): string => quoted(text).replaceAll('$', () => '$$')

const homeLine = (latchkeyHome: string) => `Environment=${quoted(`LATCHKEY_HOME=${latchkeyHome}`)}\n`

const isFor = (service: string, latchkeyHome: string | null): boolean =>
  latchkeyHome === null ? !service.includes('LATCHKEY_HOME=') : service.includes(homeLine(latchkeyHome))

/** The first word of the command line, without what `argument` adds. */
function programIn(service: string): string | null {
  const [, word] = /^ExecStart="((?:[^"\\]|\\.)*)"/mu.exec(service) ?? []
  return (
    word
      ?.replaceAll('$$', () => '$')
      .replaceAll('%%', '%')
      .replace(/\\(.)/gu, '$1') ?? null
  )
}
