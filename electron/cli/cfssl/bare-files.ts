import { basename } from 'node:path'
import type { GeneratedFiles } from '#electron/services/cfssl'
import type { NewFile } from '../new-files'

/** `ca-csr.json` makes `ca.pem`, as the walkthrough's `-bare ca` does. */
export const prefixFor = (csrPath: string): string => basename(csrPath).replace(/(-csr)?\.json$/u, '')

/** The three names that `cfssljson -bare` uses. */
const bareNames = (prefix: string) => ({
  certificate: `${prefix}.pem`,
  key: `${prefix}-key.pem`,
  request: `${prefix}.csr`,
})

export const barePaths = (prefix: string): string[] => Object.values(bareNames(prefix))

/** The key first, readable by its owner only: a certificate without its key would be worthless. */
export function bareFiles(prefix: string, { certificate, key, request }: GeneratedFiles): NewFile[] {
  const names = bareNames(prefix)
  return [
    { path: names.key, bytes: key, secret: true },
    { path: names.certificate, bytes: certificate, secret: false },
    { path: names.request, bytes: request, secret: false },
  ]
}
