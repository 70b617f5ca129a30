import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { escapeMarkup, readMarkup } from '#shared/logic/markup'
import { holds, textOf } from '../system-entry'
import { replaceFile } from '../write-file'
import { CHECK_HOUR, type DailyCheck, type DailyCheckPorts, timerNames } from './daily-check'
import { runOrFail, runProgram } from './timer-program'

type Ports = Pick<DailyCheckPorts, 'run' | 'userHome' | 'userId' | 'command' | 'latchkeyHome'>

const label = timerNames.launchd

/** A launch agent of the person's graphical session: launchd.plist(5), launchctl(1). A time that was slept through is made up for. */
export function createLaunchdCheck({ run, userHome, userId, command, latchkeyHome }: Ports): DailyCheck {
  const folder = join(userHome, 'Library', 'LaunchAgents')
  const file = join(folder, `${label}.plist`)
  const session = `gui/${userId ?? 0}`
  const isLoaded = async () => (await runProgram(run, 'launchctl', ['print', `${session}/${label}`])).exitCode === 0

  return {
    isOn: async () => (await holds(file, agent(command, latchkeyHome))) && (await isLoaded()),
    async startsOtherwise() {
      const text = await textOf(file)
      if (text === null || text === agent(command, latchkeyHome) || !(await isLoaded())) return null
      const [, home = null] = /<key>LATCHKEY_HOME<\/key>\s*<string>([^<]*)<\/string>/u.exec(text) ?? []
      if (home !== (latchkeyHome === null ? null : escapeMarkup(latchkeyHome))) return null
      const [, program] = /<array>\s*<string>([^<]*)<\/string>/u.exec(text) ?? []
      return program === undefined ? null : readMarkup(program)
    },
    async switchOn() {
      await mkdir(folder, { recursive: true })
      try {
        await replaceFile(file, agent(command, latchkeyHome), 0o644)
        if (await isLoaded()) await runOrFail(run, 'launchctl', ['bootout', `${session}/${label}`])
        await runOrFail(run, 'launchctl', ['bootstrap', session, file])
      } catch (error) {
        await rm(file, { force: true })
        throw error
      }
    },
    async switchOff() {
      if (await isLoaded()) await runOrFail(run, 'launchctl', ['bootout', `${session}/${label}`])
      await rm(file, { force: true })
    },
  }
}

export function agent(command: readonly string[], latchkeyHome: string | null): string {
  const words = command.map((word) => `    <string>${escapeMarkup(word)}</string>`).join('\n')
  const variables =
    latchkeyHome === null
      ? ''
      : `  <key>EnvironmentVariables</key>
  <dict>
    <key>LATCHKEY_HOME</key>
    <string>${escapeMarkup(latchkeyHome)}</string>
  </dict>
`
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
  <key>Label</key>
  <string>${label}</string>
  <key>ProgramArguments</key>
  <array>
${words}
  </array>
${variables}  <key>ProcessType</key>
  <string>Background</string>
  <key>StartCalendarInterval</key>
  <dict>
    <key>Hour</key>
    <integer>${CHECK_HOUR}</integer>
    <key>Minute</key>
    <integer>0</integer>
  </dict>
</dict>
</plist>
`
}
