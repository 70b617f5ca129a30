import { certificateSha256 } from '#electron/pki/x509/read'
import { viewCertificate } from '#electron/pki/x509/view'
import type { IncomingFile } from '#electron/platform/incoming-file'
import { AppError } from '#shared/errors'
import type { ImportOutcome } from '#shared/model/identity'
import type { Sha256, StagedId } from '#shared/model/ids'
import type { ChainUpdate } from './chain-update'
import { createStage, emptyPile, type Pile, readAll, unreadOf, wipe, withoutClosed } from './files'
import type { Filer, Origin } from './filing'
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
  /** Issuers that come alone go to the certificates whose chain they complete; otherwise they are refused. */
  takesIssuers?: boolean
  /** For cancelling. */
  signal?: AbortSignal | undefined
}

interface FilingOptions {
  origin: Origin
  takesIssuers: boolean
  pick: Sha256 | null
  signal: AbortSignal | undefined
}

/** Matches what a CA returned, in any container, to its key by the public key. Being in a file makes nothing trusted. */
export function createImports(ports: IdentityPorts, filer: Filer, chains: ChainUpdate) {
  const { database, jobs, clock, random } = ports
  const stage = createStage(clock, random)

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
    { origin, password = null, pick = null, leaveClosed = false, takesIssuers = false, signal }: ImportOptions,
  ): Promise<ImportOutcome> {
    const before = leaveClosed ? withoutClosed(waiting) : waiting
    const reading = await readAll(jobs, { ...before, pending: [...before.pending, ...files] }, password, signal)
    if (reading.kind === 'read') return fileAway(reading.pile, { origin, pick, takesIssuers, signal })
    return {
      kind: 'password-needed',
      staged: stage.put(reading.pile),
      fileName: reading.fileName,
      wrong: reading.wrong,
    }
  }

  async function fileAway(pile: Pile, options: FilingOptions): Promise<ImportOutcome> {
    const { origin, pick, takesIssuers, signal } = options
    const matching = await findMatches(pile.opened, database)
    if (matching.kind === 'issuers') {
      const updated = takesIssuers ? await chains.addIssuers(matching.issuers, signal) : []
      if (updated.length === 0) throw matching.refusal
      wipe(pile)
      return { kind: 'issuers-added', to: updated.map(({ id, name }) => ({ id, name })), unread: unreadOf(pile) }
    }
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
    const recorded = await filer.file(chosen, certificates, origin, signal)
    // Another import, here or in another process, was faster by a moment: this one meets what that one left.
    if (recorded === 'overtaken') return fileAway(pile, options)
    const outcome = { ...recorded, unread: unreadOf(pile) }
    const others = matches.filter((match) => match !== chosen && !isFiled(match))
    if (others.length > 0) return { ...outcome, others: { staged: stage.put(pile), choices: others.map(choiceOf) } }
    wipe(pile)
    return { ...outcome, others: null }
  }

  return { importFiles, forgetStaged: stage.clear }
}
