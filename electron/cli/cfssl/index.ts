import type { Command } from 'commander'
import type { Runner } from '../runner'
import { addExport } from './export'
import { addGencert } from './gencert'
import { addGencrl } from './gencrl'
import { addSign } from './sign'

/** Works with cfssl's files and a running cfssl server, but refuses or reports what cfssl gets wrong. */
export function addCfssl(program: Command, runner: Runner): void {
  const cfssl = program.command('cfssl').summary('work with the JSON files of cfssl, or let a running cfssl sign')
  for (const add of [addGencert, addGencrl, addSign, addExport]) add(cfssl, runner)
}

/** Accepts options with one dash as well (`-initca`, `-ca=ca.pem`), as cfssl and the walkthrough write them. */
export function withDoubleDashes(argv: string[]): string[] {
  const [node = '', script = '', command, ...rest] = argv
  if (command !== 'cfssl') return argv
  return [node, script, command, ...rest.map((word) => (/^-[a-z][a-z-]+(=.*)?$/u.test(word) ? `-${word}` : word))]
}
