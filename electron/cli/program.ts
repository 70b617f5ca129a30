import { Command } from 'commander'
import type { Runner } from './runner'
import type { Terminal } from './terminal'

const exitCodeHelp = `
Exit codes:
  0  fine
  1  a negative verdict, or something that could not be read
  2  wrong usage
  3  something is unreachable or unavailable (keyring locked, tool missing, …)

Passwords come from a file, from the environment or from a prompt, never from an argument.
--json prints one object with "version", "verb" and "ok".`

type AddCommand = (program: Command, runner: Runner) => void

/** In the order of the help. Each is loaded when it is called: all of them together take longer than most commands run. */
const commands = new Map<string, () => Promise<AddCommand>>([
  ['request', async () => (await import('./request')).addRequest],
  ['renew', async () => (await import('./renew')).addRenew],
  ['inspect', async () => (await import('./inspect')).addInspect],
  ['verify', async () => (await import('./verify')).addVerify],
  ['convert', async () => (await import('./convert')).addConvert],
  ['issue', async () => (await import('./issue')).addIssue],
  ['list', async () => (await import('./list')).addList],
  ['expiring', async () => (await import('./expiring')).addExpiring],
  ['export', async () => (await import('./export')).addExport],
  ['stores', async () => (await import('./stores')).addStores],
  ['install', async () => (await import('./install')).addInstall],
  ['uninstall', async () => (await import('./uninstall')).addUninstall],
  ['interrupted', async () => (await import('./interrupted')).addInterrupted],
  ['backup', async () => (await import('./backup')).addBackup],
  ['restore', async () => (await import('./restore')).addRestore],
  ['test', async () => (await import('./test')).addTest],
  ['diagnose', async () => (await import('./diagnose')).addDiagnose],
  ['lab', async () => (await import('./lab')).addLab],
  ['setup-file', async () => (await import('./setup-file')).addSetupFile],
  ['browser-policy', async () => (await import('./browser-policy')).addBrowserPolicy],
  ['diagnostics', async () => (await import('./diagnostics')).addDiagnostics],
  ['completion', async () => (await import('./completion')).addCompletion],
  ['manual', async () => (await import('./manual')).addManual],
  ['ca', async () => (await import('./ca')).addCa],
  ['cfssl', async () => (await import('./cfssl')).addCfssl],
  ['cloudflare', async () => (await import('./cloudflare')).addCloudflare],
])

/** They describe all the others. */
const ofWholeProgram: ReadonlySet<string> = new Set(['completion', 'manual'])

/**
 * Defines the command that is called with its options and help, or every command where none of them is, or where it describes all:
 * for the help and for errors, which name them all. `runner` runs the actions.
 */
export async function createProgram(runner: Runner, terminal: Terminal, called: string | undefined): Promise<Command> {
  const program = new Command('latchkey')
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.err })
    .description('Client certificates for Cloudflare Access, from the key to a tested connection.')
    .version(__LATCHKEY_VERSION__)
    .exitOverride()
    .showHelpAfterError('Try “latchkey help”.')
    .addHelpText('after', exitCodeHelp)
  const one = called === undefined || ofWholeProgram.has(called) ? undefined : commands.get(called)
  for (const load of one === undefined ? commands.values() : [one]) (await load())(program, runner)
  return program
}

/** Accepts options with one dash as well (`-initca`, `-ca=ca.pem`), as cfssl and the walkthrough write them. */
export function withDoubleDashes(argv: string[]): string[] {
  const [node = '', script = '', command, ...rest] = argv
  if (command !== 'cfssl') return argv
  return [node, script, command, ...rest.map((word) => (/^-[a-z][a-z-]+(=.*)?$/u.test(word) ? `-${word}` : word))]
}
