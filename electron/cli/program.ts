import { Command } from 'commander'
import { addCa } from './ca'
import { addCfssl } from './cfssl'
import { addCloudflare } from './cloudflare'
import { addConvert } from './convert'
import { addDiagnose } from './diagnose'
import { addDiagnostics } from './diagnostics'
import { addExpiring } from './expiring'
import { addExport } from './export'
import { addInspect } from './inspect'
import { addInstall } from './install'
import { addInterrupted } from './interrupted'
import { addIssue } from './issue'
import { addLab } from './lab'
import { addList } from './list'
import { addRequest } from './request'
import type { Runner } from './runner'
import { addStores } from './stores'
import type { Terminal } from './terminal'
import { addTest } from './test'
import { addUninstall } from './uninstall'
import { addVerify } from './verify'

const exitCodeHelp = `
Exit codes:
  0  fine
  1  a negative verdict, or something that could not be read
  2  wrong usage
  3  something is unreachable or unavailable (keyring locked, tool missing, …)

Passwords come from a file, from the environment or from a prompt, never from an argument.
--json prints one object with "version", "verb" and "ok".`

const commands = [
  addRequest,
  addInspect,
  addVerify,
  addConvert,
  addIssue,
  addList,
  addExpiring,
  addExport,
  addStores,
  addInstall,
  addUninstall,
  addInterrupted,
  addTest,
  addDiagnose,
  addLab,
  addDiagnostics,
  addCa,
  addCfssl,
  addCloudflare,
]

/** Defines every command with its options and help; `runner` runs the actions. */
export function createProgram(runner: Runner, terminal: Terminal): Command {
  const program = new Command('latchkey')
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.err })
    .description('Client certificates for Cloudflare Access, from the key to a tested connection.')
    .version(__LATCHKEY_VERSION__)
    .exitOverride()
    .showHelpAfterError('Try “latchkey help”.')
    .addHelpText('after', exitCodeHelp)
  for (const add of commands) add(program, runner)
  return program
}
