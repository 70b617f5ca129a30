import type { IssuerFiles } from '#electron/services/cfssl'
import { AppError, isAppError } from '#shared/errors'
import { readFiles } from '../read-files'
import type { CommonOptions } from '../runner'
import { readSecret } from '../secrets'

export interface IssuerOptions extends CommonOptions {
  passwordFile?: string
}

/** Reads both files; the key's password is asked for only when it turns out to have one. */
export async function withIssuer<T>(
  certificatePath: string,
  keyPath: string,
  { passwordFile }: IssuerOptions,
  act: (issuer: IssuerFiles) => Promise<T>,
): Promise<T> {
  const [certificate, key] = await readFiles([certificatePath, keyPath])
  if (certificate === undefined || key === undefined) throw new AppError('invalid-input', 'Name certificate and key.')
  const secret = { file: passwordFile, variable: 'LATCHKEY_PASSWORD', question: 'Password of the issuer’s key: ' }
  const isGiven = passwordFile !== undefined || process.env['LATCHKEY_PASSWORD'] !== undefined
  try {
    return await act({ certificate, key, password: isGiven ? await readSecret(secret) : null })
  } catch (error) {
    if (!isAppError(error, 'password-needed') || isGiven) throw error
    return act({ certificate, key, password: await readSecret(secret) })
  }
}
