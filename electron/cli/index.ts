import { webcrypto } from 'node:crypto'
import { Command, CommanderError } from 'commander'
import { addCa } from './ca'
import { addCfssl } from './cfssl'
import { spelledOut } from './cfssl/spelling'
import { addConvert } from './convert'
import { addDiagnostics } from './diagnostics'
import { exitCodes } from './exit-codes'
import { addExport } from './export'
import { addInspect } from './inspect'
import { addInstall } from './install'
import { addInterrupted } from './interrupted'
import { addIssue } from './issue'
import { addLab } from './lab'
import { addList } from './list'
import { addRequest } from './request'
import { createRunner } from './runner'
import { addStores } from './stores'
import { addTest } from './test'
import { addUninstall } from './uninstall'
import { addVerify } from './verify'

if (globalThis.crypto === undefined) Object.defineProperty(globalThis, 'crypto', { value: webcrypto })

const exitCodeHelp = `
Exit codes:
  0  fine
  1  a negative verdict, or something that could not be read
  2  wrong usage
  3  something is unreachable or unavailable (keyring locked, tool missing, …)

Passwords come from a file, from the environment or from a prompt, never from an argument.
--json prints one object with "version", "verb" and "ok".`

async function main(): Promise<number> {
  const runner = createRunner()
  const program = new Command('latchkey')
    .description('Client certificates for Cloudflare Access, from the key to a proven connection.')
    .version(__LATCHKEY_VERSION__)
    .exitOverride()
    .showHelpAfterError('Try “latchkey help”.')
    .addHelpText('after', exitCodeHelp)
  const verbs = [
    addRequest,
    addInspect,
    addVerify,
    addConvert,
    addIssue,
    addList,
    addExport,
    addStores,
    addInstall,
    addUninstall,
    addInterrupted,
    addTest,
    addLab,
    addDiagnostics,
    addCa,
    addCfssl,
  ]
  for (const add of verbs) add(program, runner)
  try {
    await program.parseAsync(spelledOut(process.argv))
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
