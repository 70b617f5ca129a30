import { Title } from '@mantine/core'
import { isInstalled } from '#shared/logic/installed'
import { renewalSteps } from '#shared/logic/renewal-words'
import type { IdentityDetail } from '#shared/model/identity'
import type { RenewalKey } from '#shared/model/renewal'
import layout from '../../../components/layout.module.css'
import styles from './WhatRenewDoes.module.css'

/** Said before the button is pressed. */
export function WhatRenewDoes({ detail }: { detail: IdentityDetail }) {
  return (
    <section className={layout.card} aria-label="What Renew does">
      <Title order={3} mb="sm">
        What Renew does
      </Title>
      <RenewalSteps detail={detail} renewalKey="new" />
    </section>
  )
}

export function RenewalSteps({ detail, renewalKey }: { detail: IdentityDetail; renewalKey: RenewalKey }) {
  const { summary, installs, tests } = detail
  const places = installs.filter((one) => isInstalled(one, summary.sha256)).length
  return (
    <ol className={styles.steps}>
      {renewalSteps({ key: renewalKey, places, sites: tests.length }).map((step) => (
        <li key={step}>{step}</li>
      ))}
    </ol>
  )
}
