import { Badge, SegmentedControl, Text, Title } from '@mantine/core'
import { IconAlertTriangle, IconDeviceLaptop } from '@tabler/icons-react'
import { useState } from 'react'
import { withIsolatedNames } from '#shared/logic/isolate'
import type { PlanLine } from '#shared/model/access-screen'
import styles from '../access.module.css'
import planStyles from './plan.module.css'

/** The steps in the order in which they run, each with its consequence. */
export function PlanSteps({ lines }: { lines: PlanLine[] }) {
  const [form, setForm] = useState('words')
  return (
    <section className={styles.card} aria-label="What will be done">
      <div className={styles.cardHead}>
        <Title order={2}>What will be done</Title>
        <SegmentedControl
          size="xs"
          aria-label="How the steps are shown"
          data={[
            { value: 'words', label: 'In words' },
            { value: 'json', label: 'As JSON' },
          ]}
          value={form}
          onChange={setForm}
        />
      </div>
      <ol className={planStyles.steps}>
        {lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the steps never move
          <li key={index} className={planStyles.step} data-risky={line.confirm.length > 0 || undefined}>
            <span className={planStyles.number} aria-hidden>
              {index + 1}
            </span>
            <div>
              <Text size="sm" fw={550}>
                {withIsolatedNames(line.title)}
              </Text>
              <Text size="sm" c="dimmed">
                {withIsolatedNames(line.detail)}
              </Text>
              {line.warnings.map((warning) => (
                <Text
                  key={warning}
                  size="sm"
                  c={line.confirm.length > 0 ? 'var(--mantine-color-red-text)' : 'var(--mantine-color-orange-text)'}
                >
                  <IconAlertTriangle size={14} aria-hidden style={{ verticalAlign: '-2px', marginRight: 4 }} />
                  {withIsolatedNames(warning)}
                </Text>
              ))}
            </div>
            {line.place === 'here' && (
              <Badge color="gray" leftSection={<IconDeviceLaptop size={12} aria-hidden />}>
                Here
              </Badge>
            )}
            {form === 'json' && line.call !== null && (
              <section
                className={planStyles.json}
                data-scrolls-sideways
                aria-label={`Request of step ${index + 1}`}
                // biome-ignore lint/a11y/noNoninteractiveTabindex: it is scrolled by keyboard
                tabIndex={0}
              >
                {`${line.call.method} ${line.call.path}\n${JSON.stringify(line.call.body, null, 2)}`}
              </section>
            )}
          </li>
        ))}
      </ol>
    </section>
  )
}
