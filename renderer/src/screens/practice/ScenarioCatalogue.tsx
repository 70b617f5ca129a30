import { Accordion, Badge, Button, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { labScenarioGroups, labScenarios } from '#shared/logic/lab-scenarios/index'
import type { LabState } from '#shared/model/lab'
import { LabScenario, LabScenarioGroup } from '#shared/model/lab-scenario'
import { useAction } from '../../api'
import { ErrorNotice } from '../../components/ErrorNotice'
import { BrokenSite } from './BrokenSite'
import styles from './scenarios.module.css'
import { useFocusAtFirst } from './use-focus-at-first'

/** Everything that can be broken at the practice site: break it, test it, read the finding. */
export function ScenarioCatalogue({ lab }: { lab: LabState }) {
  const set = useAction('lab.setScenario')
  const current = set.isPending ? set.variables.scenario : lab.scenario
  const [opened, setOpened] = useState<string | null>(lab.scenario === null ? null : labScenarios[lab.scenario].group)
  return (
    <section className={styles.catalogue} aria-labelledby="practice-scenarios">
      <Title order={2} id="practice-scenarios">
        Break it on purpose
      </Title>
      <Text size="sm" c="dimmed" maw={620}>
        Break one thing at the practice site, test it, and read what Latchkey finds.
      </Text>
      {set.error !== null && <ErrorNotice error={set.error} />}
      <Accordion variant="separated" order={3} value={opened} onChange={setOpened}>
        {LabScenarioGroup.options.map((group) => (
          <Accordion.Item key={group} value={group}>
            <Accordion.Control>
              {labScenarioGroups[group]}
              {current !== null && labScenarios[current].group === group && (
                <Badge ml="sm" color="orange" variant="light">
                  Broken
                </Badge>
              )}
            </Accordion.Control>
            <Accordion.Panel>
              {opened === group && (
                <ScenarioList group={group} current={current} onChoose={(scenario) => set.mutate({ scenario })} />
              )}
            </Accordion.Panel>
          </Accordion.Item>
        ))}
      </Accordion>
    </section>
  )
}

interface ListProps {
  group: LabScenarioGroup
  current: LabScenario | null
  /** Null: repair it. */
  onChoose(scenario: LabScenario | null): void
}

function ScenarioList({ group, current, onChoose }: ListProps) {
  // A row that is pressed turns into another; the focus stays with it.
  const [pressed, setPressed] = useState<LabScenario | null>(null)
  const choose = (row: LabScenario, scenario: LabScenario | null) => {
    setPressed(row)
    onChoose(scenario)
  }
  return (
    <ul className={styles.list}>
      {LabScenario.options
        .filter((scenario) => labScenarios[scenario].group === group)
        .map((scenario) => (
          <li key={scenario} data-scenario={scenario}>
            {scenario === current ? (
              <BrokenSite
                scenario={scenario}
                takesFocus={scenario === pressed}
                onRepair={() => choose(scenario, null)}
              />
            ) : (
              <Whole scenario={scenario} takesFocus={scenario === pressed} onBreak={() => choose(scenario, scenario)} />
            )}
          </li>
        ))}
    </ul>
  )
}

interface WholeProps {
  scenario: LabScenario
  takesFocus: boolean
  onBreak(): void
}

function Whole({ scenario, takesFocus, onBreak }: WholeProps) {
  const { title, broken } = labScenarios[scenario]
  const button = useFocusAtFirst(takesFocus)
  return (
    <div className={styles.row}>
      <div className={styles.words}>
        <Text fw={600}>{title}</Text>
        <Text size="sm" c="dimmed">
          {broken}
        </Text>
      </div>
      <Button ref={button} size="xs" variant="default" aria-label={`Break it: ${title}`} onClick={onBreak}>
        Break it
      </Button>
    </div>
  )
}
