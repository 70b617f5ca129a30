import { useEffect, useEffectEvent, useState } from 'react'
import type { ProbeReport } from '#shared/model/probe'
import { useAction, useAnswer } from '../../../api'
import { useImport } from '../../../import/import-context'
import type { ConnectionTest } from '../use-connection-test'

interface IssuerRenewal {
  run(): void
  isPending: boolean
  error: Error | null
}

/**
 * Other issuers with the same certificate: newer ones that this computer has, else those in a file that the person chooses.
 * Once they are there, however they came, the site is tested again.
 */
export function useIssuerRenewal({ identity }: ProbeReport, isWanted: boolean, test: ConnectionTest): IssuerRenewal {
  const { choose } = useImport()
  const renew = useAction('identities.renewIssuers')
  const { data } = useAnswer(
    'identities.detail',
    { identity: identity ?? '' },
    { enabled: isWanted && identity !== null },
  )
  const chain = data?.chain.map(({ sha256 }) => sha256).join() ?? null
  const [chainBefore, setChainBefore] = useState<string | null>(null)
  const isReplaced = chainBefore !== null && chain !== null && chain !== chainBefore

  const testAgain = useEffectEvent(() => {
    setChainBefore(null)
    test.runWith(identity)
  })
  useEffect(() => {
    if (isReplaced) testAgain()
  }, [isReplaced])

  function run() {
    if (identity === null) return
    setChainBefore(chain)
    renew.mutate({ identity }, { onSuccess: ({ renewed }) => void (!renewed && choose()) })
  }

  return { run, isPending: renew.isPending, error: renew.error }
}
