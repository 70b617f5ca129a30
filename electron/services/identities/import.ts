import { certificateSha256 } from '#electron/pki/x509/read'
import { viewCertificate } from '#electron/pki/x509/view'
import type { IncomingFile } from '#electron/platform/incoming-file'
import { AppError } from '#shared/errors'
import type { ImportOutcome } from '#shared/model/identity'
import type { Sha256, StagedId } from '#shared/model/ids'
import { createStage, emptyPile, type Pile, readAll, unreadOf, wipe, withoutClosed } from './files'
import { createFiler, type Origin } from './filing'
import { choiceOf, findMatches, isFiled } from './match'
import type { IdentityPorts } from './ports'

export interface ImportOptions {
  origin: Origin
  /** Opens what is closed. */
  password?: string | null
  /** Continues with files that were waiting. */
  staged?: StagedId | null
  /** Which of several is meant. */
  pick?: Sha256 | null
  /** Continues without the file that waits for its password. */
  leaveClosed?: boolean
  /** For cancelling. */
  signal?: AbortSignal | undefined
}

interface FilingOptions {
  origin: Origin
  pick: Sha256 | null
  signal: AbortSignal | undefined
}

/** Matches what a CA returned, in any container, to its key by the public key. Being in a file makes nothing trusted. */
export function createImports(ports: IdentityPorts) {
  const { database, jobs, clock, random } = ports
  const stage = createStage(clock, random)
  const filing = createFiler(ports)

  async function importFiles(files: IncomingFile[], options: ImportOptions): Promise<ImportOutcome> {
    const { staged = null } = options
    if (staged === null) return importWith(emptyPile, files, options)
    const outcome = await stage.use(staged, (waiting) => importWith(waiting, files, options))
    stage.forget(staged)
    return outcome
  }

  async function importWith(
    waiting: Pile,
    files: IncomingFile[],
    { origin, password = null, pick = null, leaveClosed = false, signal }: ImportOptions,
  ): Promise<ImportOutcome> {
    const before = leaveClosed ? withoutClosed(waiting) : waiting
    const reading = await readAll(jobs, { ...before, pending: [...before.pending, ...files] }, password, signal)
    if (reading.kind === 'read') return fileAway(reading.pile, { origin, pick, signal })
    return {
      kind: 'password-needed',
      staged: stage.put(reading.pile),
      fileName: reading.fileName,
      wrong: reading.wrong,
    }
  }

  async function fileAway(pile: Pile, { origin, pick, signal }: FilingOptions): Promise<ImportOutcome> {
    const matching = await findMatches(pile.opened, database)
    if (matching.kind === 'no-key') {
      const waiting = (await database.identities.waiting()).map(({ id, name, keyCode }) => ({ id, name, keyCode }))
      const certificate = viewCertificate(matching.leaf)
      return { kind: 'no-matching-key', staged: stage.put(pile), certificate, waiting, unread: unreadOf(pile) }
    }
    const { matches, certificates } = matching
    if (matches.length > 1 && pick === null)
      return { kind: 'several', staged: stage.put(pile), choices: matches.map(choiceOf) }
    const chosen = matches.find(({ leaf }) => pick === null || certificateSha256(leaf) === pick)
    if (chosen === undefined) throw new AppError('not-found', 'That certificate is not in these files.')
    const recorded = await filing.file(chosen, certificates, origin, signal)
    // Another import, here or in another process, was faster by a moment: this one meets what that one left.
    if (recorded === 'overtaken') return fileAway(pile, { origin, pick, signal })
    const outcome = { ...recorded, unread: unreadOf(pile) }
    const others = matches.filter((match) => match !== chosen && !isFiled(match))
    if (others.length > 0) return { ...outcome, others: { staged: stage.put(pile), choices: others.map(choiceOf) } }
    wipe(pile)
    return { ...outcome, others: null }
  }

  return { importFiles, forgetStaged: stage.clear }
}
