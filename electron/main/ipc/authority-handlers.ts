import type { authorityRows } from '#shared/ipc/authority-rows'
import type { Handlers } from '#shared/ipc/contract'

export type AuthorityHandlers = Pick<Handlers, keyof typeof authorityRows>

const later = () => Promise.reject(new Error('not built yet'))

/** The administrator's channels → the authorities' service, one line each. */
export function createAuthorityHandlers(): AuthorityHandlers {
  return {
    'authorities.list': later,
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
