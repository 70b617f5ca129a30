import { useState } from 'react'
import type { AuthoritySummary } from '#shared/model/authority'
import type { Revocable } from '#shared/model/revocation'
import { FindRevocable } from './FindRevocable'
import { RevokeFound } from './RevokeFound'

/** A certificate that is not in the list: first it is recognised, then, once it was looked at, revoked. */
export function RevokeOther({ issuer, onClose }: { issuer: AuthoritySummary; onClose(): void }) {
  const [found, setFound] = useState<Revocable | null>(null)
  if (found === null) return <FindRevocable issuer={issuer} onFound={setFound} onClose={onClose} />
  return <RevokeFound found={found} onClose={onClose} />
}
