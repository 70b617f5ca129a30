import type { AuthoritySummary } from '../model/authority'

/** Whether certificates can be had from it here: its key is here, or a signer has it. */
export const canSign = ({ hasKey, signer }: Pick<AuthoritySummary, 'hasKey' | 'signer'>): boolean =>
  hasKey || signer !== null

/** Whether it is the one to issue from: it can sign, no successor has taken over, and it is not archived. */
export const isCurrent = (issuer: Pick<AuthoritySummary, 'hasKey' | 'signer' | 'successor' | 'archivedAt'>): boolean =>
  canSign(issuer) && issuer.successor === null && issuer.archivedAt === null
