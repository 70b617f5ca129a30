import { existsSync } from 'node:fs'
import { basename } from 'node:path'
import { writePrivateFile } from '#electron/platform/write-private'
import type { GeneratedFiles } from '#electron/services/cfssl'
import { AppError } from '#shared/errors'
import { writeOut } from '../write-file'

/** `ca-csr.json` makes `ca.pem`, as the walkthrough's `-bare ca` does. */
export const prefixFor = (csrPath: string): string => basename(csrPath).replace(/(-csr)?\.json$/u, '')

/** The three names that `cfssljson -bare` uses. */
export const bareNames = (prefix: string) => ({
  certificate: `${prefix}.pem`,
  key: `${prefix}-key.pem`,
  request: `${prefix}.csr`,
})

/** Before any key is made: nothing that is there already is overwritten unseen. */
export function requireFree(prefix: string, force: boolean): void {
  const taken = Object.values(bareNames(prefix)).filter((name) => existsSync(name))
  if (taken.length > 0 && !force)
    throw new AppError('invalid-input', `${taken.join(', ')} exist already. Say --force, or another name with --bare.`)
}

/** The key first, readable by its owner only: a certificate without its key would be worthless. */
export async function writeBare(prefix: string, made: GeneratedFiles): Promise<string[]> {
  const names = bareNames(prefix)
  await writePrivateFile(names.key, made.key).catch((error: unknown) => {
    throw new AppError('file-not-written', names.key, { cause: error })
  })
  await writeOut(names.certificate, made.certificate)
  await writeOut(names.request, made.request)
  return [names.certificate, names.key, names.request]
}
