import type { Services } from '#electron/services/services'
import { AppError } from '#shared/errors'
import { answering } from '#shared/logic/pick'
import { unreadWords } from '#shared/logic/unread-words'
import type { ImportChoice, ImportOutcome } from '#shared/model/identity'
import type { Sha256 } from '#shared/model/ids'
import { readFiles } from './read-files'
import { readSecret } from './secrets'

type Imported = Extract<ImportOutcome, { kind: 'imported' }>

interface ImportedBy {
  passwordFile?: string
  /** Which of several: its number, name, or the beginning of its SHA-256. */
  pick?: string
}

/** Drop, paste and choose have a window to ask in; here each question becomes a prompt or an error that names the answer. */
export async function importFiles(services: Services, paths: string[], how: ImportedBy): Promise<Imported> {
  const { identities } = services
  let outcome = await identities.import(await readFiles(paths), { origin: 'file' })
  if (outcome.kind === 'password-needed') {
    const question = `Password of ${outcome.fileName}: `
    const password = await readSecret({ file: how.passwordFile, variable: 'LATCHKEY_PASSWORD', question })
    if (password === null) throw new AppError('password-needed', outcome.fileName)
    outcome = await identities.import([], { origin: 'file', password, staged: outcome.staged })
  }
  if (outcome.kind === 'several') {
    const pick = picked(outcome.choices, how.pick)
    outcome = await identities.import([], { origin: 'file', staged: outcome.staged, pick })
  }
  switch (outcome.kind) {
    case 'imported':
      return outcome
    case 'password-needed':
      throw new AppError('wrong-password', outcome.fileName)
    case 'several':
      throw new AppError('not-found', 'That certificate is not in these files.')
    case 'no-matching-key': {
      const waiting = outcome.waiting.map(({ name, keyCode }) => `${name} (${keyCode})`).join(', ')
      const missed = outcome.unread.map((failure) => ` Not read: ${unreadWords(failure)}`)
      const known = waiting === '' ? 'No request is waiting.' : `Still waiting: ${waiting}.`
      throw new AppError('no-matching-key', known + missed.join(''))
    }
  }
}

function picked(choices: ImportChoice[], wanted: string | undefined): Sha256 {
  const found =
    wanted === undefined ? [] : answering(choices, wanted, ({ name, certificate }) => ({ name, sha256: certificate }))
  const [only, ...others] = found
  if (only !== undefined && others.length === 0) return only.certificate
  const list = choices.map(({ name, keyCode, notAfter }, index) => {
    return `${index + 1}: ${name}, key ${keyCode}, until ${notAfter.slice(0, 10)}`
  })
  throw new AppError('invalid-input', `There are several certificates; say which with --pick. ${list.join('; ')}`)
}
