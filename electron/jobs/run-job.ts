import { scrypt } from 'node:crypto'
import { openFile } from '#electron/pki/containers/open'
import { writePkcs12 } from '#electron/pki/containers/pkcs12-write'
import { chooseIdentity, convertFiles, writeFiles } from '#electron/pki/convert/index'
import { inspectFile } from '#electron/pki/describe/inspect'
import { generateKey } from '#electron/pki/keys'
import { createRenewalRequest } from '#electron/pki/renewal-request'
import { createRequest } from '#electron/pki/request'
import { readStoreRoots } from '#electron/pki/x509/store-roots'
import { verifyGiven } from '#electron/pki/x509/verdict'
import { authorityJobs } from './authority-jobs'
import type { JobTable } from './table'

/** scrypt needs 128·N·r octets and a little more. */
const memory = (cost: number, blockSize: number) => 128 * cost * blockSize + 32 * 1024 * 1024

/** Every job by name. Runs in the job process, or in the caller's own for tests. */
export const jobTable: JobTable = {
  async 'generate-key'({ algorithm }, report) {
    report({ fraction: null, phase: 'Making your key' })
    return generateKey(algorithm)
  },
  async 'create-request'({ draft, pkcs8 }, report) {
    report({ fraction: null, phase: 'Signing the request' })
    return { der: await createRequest(draft, pkcs8) }
  },
  async 'create-renewal-request'({ certificate, pkcs8 }, report) {
    report({ fraction: null, phase: 'Signing the request' })
    return { der: await createRenewalRequest(certificate, pkcs8) }
  },
  'open-file': (input) => openFile(input),
  'inspect-file': (input) => inspectFile(input),
  'convert-files': (input) => convertFiles(input),
  'write-files': (input) => writeFiles(input),
  'choose-identity': (input) => chooseIdentity(input),
  'write-pkcs12': async (input) => ({ p12: writePkcs12(input) }),
  'verify-path': async (input) => verifyGiven(input),
  'read-store-roots': async () => readStoreRoots(),
  ...authorityJobs,
  'derive-key': ({ passphrase, salt, cost, blockSize, parallel }) =>
    new Promise((resolve, reject) => {
      const options = { N: cost, r: blockSize, p: parallel, maxmem: memory(cost, blockSize) }
      scrypt(passphrase, salt, 32, options, (error, key) => (error === null ? resolve({ key }) : reject(error)))
    }),
}
