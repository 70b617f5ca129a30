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
