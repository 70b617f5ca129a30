import { Badge, Group, Text } from '@mantine/core'
import { IconCheck, IconRubberStamp } from '@tabler/icons-react'
import { countOf } from '#shared/logic/formatting'
import type { SiteCandidate } from '#shared/model/site-check'
import layout from '../../components/layout.module.css'
import textStyles from '../../components/text.module.css'
import styles from './SiteCheck.module.css'
import { issuerNote, nameAmong } from './site-words'

interface AcceptedIssuersProps {
  issuers: string[]
  certificates: readonly SiteCandidate[]
}

/** The issuers that the site names, and what of each is here. */
export function AcceptedIssuers({ issuers, certificates }: AcceptedIssuersProps) {
  return (
    <section className={layout.card} aria-labelledby="site-accepts">
      <Group justify="space-between">
        <Text component="h2" id="site-accepts" fw={600}>
          The site accepts certificates from
        </Text>
        <Text size="sm" c="dimmed">
          {countOf(issuers.length, 'issuer')}
        </Text>
      </Group>
      <ul className={styles.issuers}>
        {issuers.map((issuer) => (
          <IssuerRow key={issuer} issuer={issuer} name={nameAmong(issuers, issuer)} certificates={certificates} />
        ))}
      </ul>
    </section>
  )
}

interface IssuerRowProps {
  issuer: string
  name: string
  certificates: readonly SiteCandidate[]
}

function IssuerRow({ issuer, name, certificates }: IssuerRowProps) {
  const { words, fits } = issuerNote(issuer, certificates)
  return (
    <li>
      <IconRubberStamp size={18} aria-hidden />
      <span className={textStyles.wrap} title={issuer}>
        {name}
      </span>
      {fits ? (
        <Badge color="teal" leftSection={<IconCheck size={13} aria-hidden />} className={styles.issued}>
          {words}
        </Badge>
      ) : (
        <Text size="sm" c="dimmed">
          {words}
        </Text>
      )}
    </li>
  )
}
