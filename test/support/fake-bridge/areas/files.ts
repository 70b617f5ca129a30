import type { FileHandlers } from '#electron/main/ipc/file-handlers'
import { issuedExample } from '../authority-examples'
import { uuid } from '../examples'
import { objectDetails } from '../object-details'
import { refuse } from '../pretence'

/** Every file holds the same certificate; its name decides whether it has a password. */
export function pretendFiles(): FileHandlers {
  return {
    'files.inspect': async ({ sources, password }) =>
      sources.map((source) => {
        const name = source.kind === 'bytes' ? source.name : 'client.pem'
        if (/\.(p12|pfx)$/u.test(name) && password === null) {
          const failure = { where: '', code: 'password-needed' as const, detail: null }
          return { name, format: null, objects: [], pairs: [], failures: [failure] }
        }
        const objects = [objectDetails(issuedExample(uuid(), 0), 'CN=Acme Client CA, O=Acme')]
        return { name, format: 'PEM', objects, pairs: [], failures: [] }
      }),
    'files.verify': () => Promise.reject(refuse('nothing-usable')),
  }
}
