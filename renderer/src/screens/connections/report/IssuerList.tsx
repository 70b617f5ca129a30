import { Badge, Group, Text } from '@mantine/core'
import { isolated } from '#shared/logic/isolate'
import { shortName } from '#shared/logic/naming'
import type { ProbeReport } from '#shared/model/probe'
import layout from '../../../components/layout.module.css'
import textStyles from '../../../components/text.module.css'
import styles from './IssuerList.module.css'
import { amongNames, namedIssuers } from './named-issuers'

/** The issuers that the server names in its question, ours marked. Nothing where it did not ask. */
export function IssuerList({ report }: { report: ProbeReport }) {
  if (![report.with, report.without].some((attempt) => attempt?.tls?.asked === 'yes')) return null
  const named = namedIssuers(report)
  const isOurs = amongNames(report.ownIssuers)
  // Two issuers may have one Common Name and differ in the rest.
  const isUnique = (issuer: string) => named.filter((other) => shortName(other) === shortName(issuer)).length === 1
  return (
    <section className={layout.card} aria-labelledby="accepted-issuers">
      <Group justify="space-between" wrap="nowrap" mb={6}>
        <Text component="h3" id="accepted-issuers" size="sm" fw={600}>
          Issuers this server accepts
        </Text>
        {named.length > 0 && (
          <Text size="sm" c="dimmed">
            {named.length}
          </Text>
        )}
      </Group>
      {named.length === 0 ? (
        <Text size="sm" c="dimmed">
          It names none, which says nothing about yours.
        </Text>
      ) : (
        <ul className={styles.issuers}>
          {named.map((issuer) => (
            <li key={issuer}>
              <span className={textStyles.wrap} title={isolated(issuer)} data-ours={isOurs(issuer)}>
                {isUnique(issuer) ? shortName(issuer) : issuer}
              </span>
              {isOurs(issuer) && <Badge color="teal">Yours</Badge>}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
