import { Collapse, Text, UnstyledButton } from '@mantine/core'
import { IconChevronRight } from '@tabler/icons-react'
import { useState } from 'react'
import type { SiteCandidate } from '#shared/model/site-check'
import textStyles from '../../components/text.module.css'
import styles from './SiteCheck.module.css'
import { othersWords } from './site-words'

/** The certificates that do not fit, each with the reasons. */
export function OtherCertificates({ others, offered }: { others: SiteCandidate[]; offered: number }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <div>
      <UnstyledButton className={styles.others} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <IconChevronRight size={16} aria-hidden />
        {othersWords(others.length, offered)}
      </UnstyledButton>
      <Collapse expanded={isOpen}>
        <ul className={styles.otherList}>
          {others.map(({ sha256, name, checks }) => (
            <li key={sha256}>
              <span className={textStyles.wrap}>{name}</span>
              <Text span size="sm" c="dimmed">
                {checks
                  .filter(({ outcome }) => outcome === 'fail')
                  .map(({ words }) => words)
                  .join(' · ')}
              </Text>
            </li>
          ))}
        </ul>
      </Collapse>
    </div>
  )
}
