import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { asHomeTrouble } from '#electron/platform/home-trouble'
import { accessLooks } from './access-looks'
import { accessReadings } from './access-readings'
import { activity } from './activity'
import { authorities } from './authorities'
import { backups } from './backup/backups'
import { restores } from './backup/restores'
import { certificates } from './certificates'
import { openConnection } from './connection'
import { crls } from './crls'
import { hosts } from './hosts'
import { identities } from './identities'
import { installs } from './installs'
import { issueTemplates } from './issue-templates'
import { issued } from './issued'
import { createOperationLock } from './lock'
import { migrate } from './migrate'
import { operations } from './operations'
import { protections } from './protections'
import { renewals } from './renewals'
import { reports } from './reports'
import type { OpenedDatabase } from './repositories'
import { rollOverTests } from './roll-over-tests'
import { warnings } from './warnings'

/**
 * Synchronous, for the worker (and for unit tests in one thread). `home` is Latchkey's folder. Errors: `database-damaged`,
 * `database-too-new`, `home-unusable`, `disk-full`.
 */
export function openTables(home: string): OpenedDatabase {
  try {
    return open(home)
  } catch (error) {
    throw asHomeTrouble(home, pathOf(error) ?? home, error)
  }
}

const pathOf = (error: unknown): string | null =>
  error instanceof Error && 'path' in error && typeof error.path === 'string' ? error.path : null

function open(home: string): OpenedDatabase {
  mkdirSync(home, { recursive: true, mode: 0o700 })
  const path = join(home, 'latchkey.db')
  const connection = openConnection(path, { busyMs: 10_000 })
  connection.script('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;')
  migrate(connection, path)
  const lock = createOperationLock(join(home, 'operations.lock'))
  const tables = {
    identities: identities(connection),
    certificates: certificates(connection),
    installs: installs(connection),
    hosts: hosts(connection),
    reports: reports(connection),
    activity: activity(connection),
    authorities: authorities(connection),
    issued: issued(connection),
    issueTemplates: issueTemplates(connection),
    crls: crls(connection),
    accessLooks: accessLooks(connection),
    accessReadings: accessReadings(connection),
    protections: protections(connection),
    rollOverTests: rollOverTests(connection),
    operations: operations(connection),
    renewals: renewals(connection),
    warnings: warnings(connection),
    backups: backups(connection, path),
    restores: restores(connection),
  }
  return {
    tables,
    lock,
    close() {
      lock.close()
      tables.backups.close()
      connection.close()
    },
  }
}
