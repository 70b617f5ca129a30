import type { authorityRows } from '#shared/ipc/authority-rows'

/** What a hostile or broken page might send to the administrator's channels. */
export const hostileAuthorityInputs: Record<keyof typeof authorityRows, unknown[]> = {
  'authorities.list': [],
  'authorities.detail': [],
  'authorities.create': [],
  'authorities.import': [],
  'authorities.setPassphrase': [],
  'authorities.rollOver': [],
  'authorities.saveChain': [],
  'authorities.readRequests': [],
  'authorities.issue': [],
  'authorities.issueToIdentity': [],
  'authorities.issued': [],
  'authorities.issuedDetails': [],
  'authorities.saveIssued': [],
  'authorities.renew': [],
  'authorities.revoke': [],
  'authorities.crl': [],
  'authorities.saveCrl': [],
}
