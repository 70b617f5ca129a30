import { Anchor, Badge, Button, Group, Text } from '@mantine/core'
import { withIsolatedNames } from '#shared/logic/isolate'
import { labScenarios } from '#shared/logic/lab-scenarios/index'
import type { LabScenario } from '#shared/model/lab-scenario'
import type { ProbeReport } from '#shared/model/probe'
import { ErrorNotice } from '../../components/ErrorNotice'
import textStyles from '../../components/text.module.css'
import { useNavigation } from '../../navigation'
import { testScenario, useScenarioRun } from './scenario-run'
import styles from './scenarios.module.css'
import { useFocusAtFirst } from './use-focus-at-first'

interface BrokenSiteProps {
  scenario: LabScenario
  takesFocus: boolean
  onRepair(): void
}

/** What is broken now, the test of it, and what the test found. */
export function BrokenSite({ scenario, takesFocus, onRepair }: BrokenSiteProps) {
  const { title, broken } = labScenarios[scenario]
  const run = useScenarioRun()
  const button = useFocusAtFirst(takesFocus)
  // A test of a site that was broken in another way says nothing about this one.
  const isAboutThis = run.scenario === scenario
  return (
    <section className={styles.broken} aria-label={title} data-broken={scenario}>
      <div className={styles.row}>
        <div className={styles.words}>
          <Group gap="xs">
            <Text fw={600}>{title}</Text>
            <Badge color="orange" variant="light">
              Broken
            </Badge>
          </Group>
          <Text size="sm">{broken}</Text>
        </div>
        <Group gap="xs" wrap="nowrap">
          <Button
            ref={button}
            size="xs"
            loading={isAboutThis && run.isRunning}
            onClick={() => void testScenario(scenario)}
          >
            {isAboutThis && run.report !== null ? 'Test again' : 'Test it'}
          </Button>
          <Button size="xs" variant="default" onClick={onRepair}>
            Repair it
          </Button>
        </Group>
      </div>
      <div role="status">
        {isAboutThis && run.report !== null && <WhatWasFound scenario={scenario} report={run.report} />}
        {isAboutThis && run.error !== null && <ErrorNotice error={run.error} />}
      </div>
    </section>
  )
}

function WhatWasFound({ scenario, report }: { scenario: LabScenario; report: ProbeReport }) {
  const { go } = useNavigation()
  const [finding] = report.findings
  return (
    <div className={styles.found} data-found={finding?.code}>
      <Group gap="xs">
        <Text fw={600} className={textStyles.wrap}>
          {withIsolatedNames(report.verdict.sentence)}
        </Text>
        {finding?.code === scenario && (
          <Badge color="teal" variant="light">
            Cause found
          </Badge>
        )}
      </Group>
      {finding !== undefined && (
        <>
          <ul className={styles.evidence}>
            {finding.evidence.map((line) => (
              <li key={line} className={textStyles.wrap}>
                {line}
              </li>
            ))}
          </ul>
          <Text size="sm" className={textStyles.wrap}>
            {withIsolatedNames(finding.remedy)}
          </Text>
        </>
      )}
      <Anchor
        component="button"
        type="button"
        size="sm"
        onClick={() => go({ screen: 'connections', report: report.id })}
      >
        Show the full report
      </Anchor>
    </div>
  )
}
