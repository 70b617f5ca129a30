import { ActionIcon, Text, Title } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { withIsolatedNames } from '#shared/logic/isolate'
import textStyles from '../../components/text.module.css'
import styles from './access.module.css'

interface HeadProps {
  title: string
  sentence: string
  onBack(): void
  children?: ReactNode
}

export function PageHead({ title, sentence, onBack, children }: HeadProps) {
  return (
    <div className={styles.head}>
      <ActionIcon variant="default" size="lg" aria-label="Back to Access" onClick={onBack}>
        <IconArrowLeft size={18} aria-hidden />
      </ActionIcon>
      <div className={styles.title}>
        <Title order={1} className={textStyles.wrap}>
          {withIsolatedNames(title)}
        </Title>
        <Text size="sm" c="dimmed">
          {withIsolatedNames(sentence)}
        </Text>
      </div>
      {children}
    </div>
  )
}
