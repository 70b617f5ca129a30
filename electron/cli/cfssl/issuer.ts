import type { IssuerFiles } from '#electron/services/cfssl'
import { AppError } from '#shared/errors'
import { readFiles } from '../input-files'
import type { CommonOptions } from '../runner'
import { withPasswordWhenNeeded } from '../secrets'

export interface IssuerOptions extends CommonOptions {
  passwordFile?: string
}

/** Reads both files; the key's password is asked for only when it turns out to have one. */
export async function withIssuer<T>(
  certificatePath: string,
  keyPath: string,
  options: IssuerOptions,
  act: (issuer: IssuerFiles) => Promise<T>,
): Promise<T> {
  const [certificate, key] = await readFiles([certificatePath, keyPath])
  if (certificate === undefined || key === undefined)
    throw new AppError('invalid-input', 'Name the issuer’s certificate and key.')
  const sign = (password: string | null) => act({ certificate, key, password })
  return withPasswordWhenNeeded(options, sign, 'Password of the issuer’s key: ')
}
