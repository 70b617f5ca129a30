import { homedir, tmpdir } from 'node:os'
import { resolve } from 'node:path'
import type { DailyCheck } from '#electron/platform/daily-check/daily-check'
import { createDailyCheck } from '#electron/platform/daily-check/index'
import { programToStart, readEnvironment } from '#electron/platform/environment'
import type { Log } from '#electron/platform/log'
import { createRun } from '#electron/platform/run'
import { ownSwitches } from './own-switches'

/** The program and what it needs to be this app. */
export function ownCommand(): [string, ...string[]] {
  const program = programToStart(readEnvironment(), process.execPath)
  const [, path] = process.argv
  return process.defaultApp === true && path !== undefined ? [program, resolve(path)] : [program]
}

export function systemDailyCheck(log: Log): DailyCheck {
  const { configHome, home } = readEnvironment()
  return createDailyCheck({
    run: createRun(log),
    platform: process.platform,
    userHome: homedir(),
    configHome,
    temporaryFolder: tmpdir(),
    userId: process.getuid?.() ?? null,
    command: [...ownCommand(), `--${ownSwitches.checkExpiry}`],
    latchkeyHome: home,
  })
}
