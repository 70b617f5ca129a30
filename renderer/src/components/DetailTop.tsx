import { Badge, Group, Text, Title } from '@mantine/core'
import { Fragment, type ReactNode } from 'react'
import { withIsolatedNames } from '#shared/logic/isolate'
import styles from './DetailTop.module.css'
import { MoreMenu } from './MoreMenu'
import textStyles from './text.module.css'

interface DetailTopProps {
  name: string
  /** Its state in two words. */
  badge: { words: string; color: string }
  /** What is said of it, in parts that are only broken where one alone is too long. */
  facts: string[]
  /** What else can be done with it, as menu items; null where there is nothing. */
  menu: ReactNode
}

/** The top of a screen about one thing: its name, its state, and everything that is rarely wanted behind one button. */
export function DetailTop({ name, badge, facts, menu }: DetailTopProps) {
  return (
    <div className={styles.head}>
      <div>
        <Group gap="sm">
          <Title order={2} fz="h1" className={textStyles.wrap}>
            <bdi>{name}</bdi>
          </Title>
          <Badge color={badge.color} size="lg">
            {badge.words}
          </Badge>
        </Group>
        <Text size="sm" c="dimmed" className={textStyles.wrap} mt={4}>
          {facts.map((fact, index) => (
            <Fragment key={fact}>
              <span className={styles.fact}>
                {withIsolatedNames(fact) + (index < facts.length - 1 ? ' ·' : '')}
              </span>{' '}
            </Fragment>
          ))}
        </Text>
      </div>
      {menu !== null && <MoreMenu label="More actions">{menu}</MoreMenu>}
    </div>
  )
}
