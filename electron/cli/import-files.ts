import type { Services } from '#electron/services/services'
import { AppError } from '#shared/errors'
import type { ImportOutcome } from '#shared/model/identity'
import { readFiles } from './read-files'
import { readSecret } from './secrets'

type Imported = Extract<ImportOutcome, { kind: 'imported' }>

/** Drop, paste and choose have a window to ask in; here each question becomes a prompt or an error that names the answer. */
export async function importFiles(
  services: Services,
  paths: string[],
  passwordFile: string | undefined,
): Promise<Imported> {
  let outcome = await services.identities.import(await readFiles(paths), null, null, 'file')
  if (outcome.kind === 'password-needed') {
    const question = `Password of ${outcome.fileName}: `
    const password = await readSecret({ file: passwordFile, variable: 'LATCHKEY_PASSWORD', question })
    if (password === null) throw new AppError('password-needed', outcome.fileName)
    outcome = await services.identities.import([], password, outcome.staged, 'file')
  }
  switch (outcome.kind) {
    case 'imported':
      return outcome
    case 'password-needed':
      throw new AppError('wrong-password', outcome.fileName)
    case 'no-matching-key': {
      const waiting = outcome.waiting.map(({ name, keyCode }) => `${name} (${keyCode})`).join(', ')
      throw new AppError('no-matching-key', waiting === '' ? 'No request is waiting.' : `Still waiting: ${waiting}`)
    }
  }
}
