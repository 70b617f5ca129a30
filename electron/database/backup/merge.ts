import { forgetUnused } from '../certificates'
import type { Connection } from '../connection'
import { mergeHistory } from './merge-history'
import { mergeIdentities } from './merge-identities'
import { mergeIssuers } from './merge-issuers'
import { mergeSites } from './merge-sites'
import { mergeTemplates } from './merge-templates'
import type { MergeResult } from './rows'
import type { Stage } from './stage'
import { createTally } from './tally'

/**
 * Adds what is staged to what is here. What is here already is recognised by its public key or certificate, its address, or its
 * id, and is only ever added to. Keys are in the vault before. To be called inside a transaction.
 */
export function mergeStaged(connection: Connection, stage: Stage): MergeResult {
  const tally = createTally()
  const identities = mergeIdentities(connection, stage, tally)
  const sites = mergeSites(connection, stage, tally, identities)
  const issuers = mergeIssuers(connection, stage, tally)
  mergeTemplates(connection, stage, tally, issuers)
  mergeHistory(connection, stage, tally, { identities, sites, issuers })
  forgetUnused(connection)
  return tally.result()
}
