import type { Command } from 'commander'
import type { Runner } from '../runner'
import { addExport } from './export'
import { addGencert } from './gencert'
import { addGencrl } from './gencrl'
import { addSign } from './sign'

/** cfssl's own files and its own server, without its traps. */
export function addCfssl(program: Command, runner: Runner): void {
  const cfssl = program.command('cfssl').summary('work with the JSON files of cfssl, or let a running cfssl sign')
  for (const add of [addGencert, addGencrl, addSign, addExport]) add(cfssl, runner)
}

/** cfssl spells its options with one dash (`-initca`, `-ca=ca.pem`), as the walkthrough does; both are taken here. */
export function spelledOut(argv: string[]): string[] {
  const [node = '', script = '', verb, ...rest] = argv
  if (verb !== 'cfssl') return argv
  return [node, script, verb, ...rest.map((word) => (/^-[a-z][a-z-]+(=.*)?$/u.test(word) ? `-${word}` : word))]
}
