import type { Command } from 'commander'
import type { Runner } from '../runner'
import { addArchive } from './archive'
import { addChain } from './chain'
import { addConnect } from './connect'
import { addCrl } from './crl'
import { addDelete } from './delete'
import { addCaExport } from './export'
import { addImport } from './import'
import { addInit } from './init'
import { addIntermediate } from './intermediate'
import { addIssue } from './issue'
import { addLastCrl } from './last-crl'
import { addCaList } from './list'
import { addRebuild } from './rebuild'
import { addRenew } from './renew'
import { addRevoke } from './revoke'
import { addRollOver } from './roll-over'
import { addTemplate, addTemplates } from './template'

const commands = [
  addInit,
  addIntermediate,
  addImport,
  addRebuild,
  addConnect,
  addIssue,
  addTemplate,
  addTemplates,
  addRenew,
  addRevoke,
  addCrl,
  addLastCrl,
  addChain,
  addRollOver,
  addCaExport,
  addArchive,
  addDelete,
  addCaList,
]

const passphrases = `
Each issuer’s key has a passphrase of its own, required whenever it signs: use --ca-passphrase-file, the variable
LATCHKEY_CA_PASSPHRASE, or the prompt.

Examples:
  latchkey ca init "Acme Root"
  latchkey ca intermediate "Acme Clients" --issuer "Acme Root" -o ca-chain.pem`

/** The administrator's commands: create issuers, sign requests, and revoke certificates. */
export function addCa(program: Command, runner: Runner): void {
  const ca = program
    .command('ca')
    .summary('run your own issuer (CA): create it, sign requests, revoke, write CRLs and the chain for Access')
    .addHelpText('after', passphrases)
  for (const add of commands) add(ca, runner)
}
