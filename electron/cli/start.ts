import { webcrypto } from 'node:crypto'
import { CommanderError } from 'commander'
import { AppError } from '#shared/errors'
import { exitCodes } from './exit-codes'
import { printError } from './output'
import { createProgram, withDoubleDashes } from './program'
import { createRunner, type Surroundings } from './runner'
import { openTerminal } from './terminal'

/** EX_SOFTWARE, for a bug. Not one of `exitCodes`, so that no script mistakes it for a verdict. */
const bugExitCode = 70

/** Runs the command that this process was called with, and exits. */
export function startCli(surroundings: Surroundings): void {
  if (globalThis.crypto === undefined) Object.defineProperty(globalThis, 'crypto', { value: webcrypto })
  const terminal = openTerminal(process.stdout, process.stderr)

  async function main(): Promise<number> {
    const runner = createRunner(terminal, surroundings)
    try {
      const program = await createProgram(runner, terminal, process.argv[2])
      await program.parseAsync(withDoubleDashes(process.argv))
      return runner.exitCode()
    } catch (error) {
      if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.fine : exitCodes.usage
      terminal.err(`${error instanceof Error ? error.stack : String(error)}\n`)
      return bugExitCode
    }
  }

  async function finish(exitCode: number): Promise<number> {
    const failure = await terminal.finish()
    if (failure === null) return exitCode
    const unwritten = printError(terminal, '', false, new AppError('file-not-written', `standard output: ${failure}`))
    await terminal.finish()
    return unwritten
  }

  main()
    .then(finish)
    .then((exitCode) => process.exit(exitCode))
}
