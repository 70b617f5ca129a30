import { useState } from 'react'
import { type AccessAccount, isPracticeAccount } from '#shared/model/access-account'
import { useAnswer } from '../../../api'

/** The token for something that writes: typed for it, kept from an earlier change, or none for the practice account. */
export interface WriteToken {
  typed: string
  keepToken: boolean
  /** There is one that was kept, or none is needed: nothing has to be typed. */
  isKept: boolean
  isPractice: boolean
  isReady: boolean
  /** As a call takes it. */
  given: { token: string | null; keepToken: boolean }
  type(token: string): void
  keep(isWanted: boolean): void
  /** Empties the field once it has been used. */
  clear(): void
}

export function useWriteToken(account: Pick<AccessAccount, 'id'>): WriteToken {
  const [typed, type] = useState('')
  const [keepToken, keep] = useState(false)
  const { data: connection } = useAnswer('cloudflare.connection', undefined)
  const isPractice = isPracticeAccount(account)
  const isKept = connection?.state === 'connected' && connection.keepsWriteToken
  const isTyped = !isPractice && !isKept
  return {
    typed,
    keepToken,
    isKept,
    isPractice,
    isReady: !isTyped || typed.trim() !== '',
    given: isTyped ? { token: typed.trim(), keepToken } : { token: null, keepToken: false },
    type,
    keep,
    clear: () => type(''),
  }
}
