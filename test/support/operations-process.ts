import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { openLocalDatabase } from '#electron/database/local'
import { systemClock } from '#electron/platform/clock'
import { silentLog } from '#electron/platform/log'
import { systemRandom } from '#electron/platform/random'
import { createOperations } from '#electron/services/operations'
import { noKeyring } from '#electron/vault/keyring'
import { defineOperation, line } from './define-operation'
import { journalOf } from './journal'
import { openVault } from './vault'

/**
 * Another process that performs one operation of three steps, each of which writes a line to a file (as a store would be
 * changed), or with `recover` puts in order what an earlier one left. Prints how it ended.
 */
const [home = '', verb] = process.argv.slice(2)
const note = (line: string) => appendFileSync(join(home, 'world'), `${line}\n`)
const step = (name: string) => ({
  name,
  run: async (payload: string[]) => {
    note(`do ${name}`)
    return [...payload, name]
  },
  undo: async () => note(`undo ${name}`),
})

/** Everybody here knows the passphrase; whoever comes first makes the vault. */
const vault = openVault(home, noKeyring('none'))
const unlocked = vault.createWithPassphrase('correct horse').catch(() => vault.unlock('correct horse'))

const database = openLocalDatabase(home)
const operations = createOperations({
  database,
  journal: journalOf(database, vault),
  clock: systemClock,
  random: systemRandom,
  log: silentLog,
  changed() {},
})
const three = defineOperation<string[]>(operations, {
  recover: async (payload) => note(`recover ${JSON.stringify(payload)}`),
})
const work = (): Promise<unknown> =>
  verb === 'recover' ? operations.recover() : three.perform([], ['a', 'b', 'c'].map(step), { line })
void unlocked.then(work).then(
  () => console.log('done'),
  (error: unknown) => console.log(String(error)),
)
