import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { escapeMarkup, readMarkup } from '#shared/logic/markup'
import { CHECK_HOUR, type DailyCheck, type DailyCheckPorts, timerNames } from './daily-check'
import { runOrFail, runProgram } from './timer-program'

type Ports = Pick<DailyCheckPorts, 'run' | 'temporaryFolder' | 'command'>

const name = timerNames.taskScheduler

/**
 * A task of Windows' Task Scheduler that runs only while this person is signed in, without a stored password:
 * Microsoft, "schtasks" and "Task Scheduler Schema". A task has no variables of its own, so LATCHKEY_HOME is not passed.
 */
export function createTaskSchedulerCheck({ run, temporaryFolder, command }: Ports): DailyCheck {
  const [program] = command
  const isThere = async () => (await runProgram(run, 'schtasks', ['/Query', '/TN', name])).exitCode === 0

  return {
    isOn: isThere,
    async startsOtherwise() {
      const { exitCode, stdout } = await runProgram(run, 'schtasks', ['/Query', '/TN', name, '/XML'])
      const [, written = ''] = /<Command>([^<]*)<\/Command>/u.exec(stdout) ?? []
      const started = readMarkup(written).replace(/^"(.*)"$/u, '$1')
      // Printed in the console's own code page: a path with other letters cannot be told from it.
      if (exitCode !== 0 || started === program || !/^[\x20-\x7e]+$/u.test(started)) return null
      return started
    },
    async switchOn() {
      const folder = await mkdtemp(join(temporaryFolder, 'latchkey-task-'))
      try {
        const file = join(folder, 'task.xml')
        // schtasks reads UTF-16 with a byte order mark.
        await writeFile(file, Buffer.from(`\ufeff${task(command)}`, 'utf16le'), { mode: 0o600 })
        await runOrFail(run, 'schtasks', ['/Create', '/TN', name, '/XML', file, '/F'])
      } finally {
        await rm(folder, { recursive: true, force: true })
      }
    },
    async switchOff() {
      if (await isThere()) await runOrFail(run, 'schtasks', ['/Delete', '/TN', name, '/F'])
    },
  }
}

export function task([program, ...words]: DailyCheckPorts['command']): string {
  return `<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>Once a day, Latchkey looks which certificates expire soon.</Description>
  </RegistrationInfo>
  <Triggers>
    <CalendarTrigger>
      <StartBoundary>2024-01-01T${String(CHECK_HOUR).padStart(2, '0')}:00:00</StartBoundary>
      <Enabled>true</Enabled>
      <ScheduleByDay>
        <DaysInterval>1</DaysInterval>
      </ScheduleByDay>
    </CalendarTrigger>
  </Triggers>
  <Principals>
    <Principal id="Author">
      <LogonType>InteractiveToken</LogonType>
      <RunLevel>LeastPrivilege</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <ExecutionTimeLimit>PT15M</ExecutionTimeLimit>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>${escapeMarkup(`"${program}"`)}</Command>
      <Arguments>${escapeMarkup(words.map(quoted).join(' '))}</Arguments>
    </Exec>
  </Actions>
</Task>
`
}

/** As programs of Windows take a command line apart (Microsoft, "Parsing C command-line arguments"). */
const quoted = (word: string): string => `"${word.replace(/(\\*)"/gu, '$1$1\\"').replace(/\\+$/u, '$&$&')}"`
