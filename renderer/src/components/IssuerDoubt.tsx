import { Alert } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { checkWords, issuerDoubt } from '#shared/logic/checks'
import { isolated } from '#shared/logic/isolate'
import type { Check } from '#shared/model/certificate'
import textStyles from './text.module.css'

/** Before a certificate is installed: it is not, or not known to be, from a CA that the set-up file named. */
export function IssuerDoubt({ checks }: { checks: Check[] }) {
  const doubt = issuerDoubt(checks)
  if (doubt?.outcome !== 'warning') return null
  const { title, explanation } = checkWords(doubt)
  return (
    <Alert color="orange" icon={<IconAlertTriangle aria-hidden />} title={title} className={textStyles.wrap}>
      {explanation} {isolated(doubt.evidence)}
    </Alert>
  )
}
