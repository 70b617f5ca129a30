import { webcrypto } from 'node:crypto'
import { CommanderError } from 'commander'
import { spelledOut } from './cfssl/spelling'
import { exitCodes } from './exit-codes'
import { createProgram } from './program'
import { createRunner } from './runner'

if (globalThis.crypto === undefined) Object.defineProperty(globalThis, 'crypto', { value: webcrypto })

async function main(): Promise<number> {
  const runner = createRunner()
  try {
    await createProgram(runner).parseAsync(spelledOut(process.argv))
    return runner.exitCode()
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.fine : exitCodes.usage
    throw error
  }
}

main().then(
  (exitCode) => process.exit(exitCode),
  (error: unknown) => {
    console.error(error)
    process.exit(70) // A bug (EX_SOFTWARE): outside the table on purpose, so that no script mistakes it for a verdict.
  },
)
