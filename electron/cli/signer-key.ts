import { secretIn } from '#electron/platform/environment'
import { readSecret } from './secrets'

/** The authentication key of a cfssl signer; null where none is named, since most signers ask for none. */
export async function signerKey({ authKeyFile }: { authKeyFile?: string }): Promise<string | null> {
  if (authKeyFile === undefined && secretIn('LATCHKEY_CFSSL_KEY') === null) return null
  return readSecret({ file: authKeyFile, variable: 'LATCHKEY_CFSSL_KEY', question: '' })
}
