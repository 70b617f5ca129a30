import { AppError } from '#shared/errors'
import { CommandMissing, type CommandResult, type Run } from '../run'

/** A program of the system that manages timers. Errors: `timer-unavailable` where it is not there. */
export async function runProgram(run: Run, program: string, args: readonly string[]): Promise<CommandResult> {
  try {
    return await run(program, args)
  } catch (error) {
    if (error instanceof CommandMissing) throw new AppError('timer-unavailable', `${program} is not installed.`)
    throw error
  }
}

/** The same where it has to succeed. Errors: also `timer-failed`. */
export async function runOrFail(run: Run, program: string, args: readonly string[]): Promise<void> {
  const { exitCode, stderr, stdout } = await runProgram(run, program, args)
  if (exitCode === 0) return
  const said = (stderr.trim() || stdout.trim()).slice(0, 500)
  throw new AppError('timer-failed', `${program} ended with exit code ${exitCode}: ${said}`)
}
