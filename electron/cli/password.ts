import { secretIn } from '#electron/platform/environment'
import { isAppError } from '#shared/errors'
import { readSecret, type SecretOptions } from './secrets'

/** What was given up front first; nobody is asked before it is known that a password is needed. */
export async function withPasswordWhenNeeded<T>(
  { passwordFile }: { passwordFile?: string },
  act: (password: string | null) => Promise<T>,
  question = 'Password: ',
): Promise<T> {
  const secret: SecretOptions = { file: passwordFile, variable: 'LATCHKEY_PASSWORD', question }
  const isGiven = passwordFile !== undefined || secretIn('LATCHKEY_PASSWORD') !== null
  try {
    return await act(isGiven ? await readSecret(secret) : null)
  } catch (error) {
    if (!isAppError(error, 'password-needed') || isGiven) throw error
    return act(await readSecret(secret))
  }
}
