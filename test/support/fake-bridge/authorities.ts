import type { AuthorityHandlers } from '#electron/main/ipc/authority-handlers'
import type { FileHandlers } from '#electron/main/ipc/file-handlers'
import type { Pretence } from './pretence'

const later = () => Promise.reject(new Error('not built yet'))

/** The administrator's half of the pretended application. */
export function createAuthorityStories(_pretence: Pretence): AuthorityHandlers & FileHandlers {
  return {
    'files.inspect': later,
    'files.verify': later,
    'authorities.list': async () => [],
    'authorities.detail': later,
    'authorities.create': later,
    'authorities.import': later,
    'authorities.setPassphrase': later,
    'authorities.rollOver': later,
    'authorities.saveChain': later,
    'authorities.readRequests': later,
    'authorities.issue': later,
    'authorities.issueToIdentity': later,
    'authorities.issued': later,
    'authorities.issuedDetails': later,
    'authorities.saveIssued': later,
    'authorities.renew': later,
    'authorities.revoke': later,
    'authorities.crl': later,
    'authorities.saveCrl': later,
  }
}
