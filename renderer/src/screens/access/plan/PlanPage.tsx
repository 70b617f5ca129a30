import { Alert, Button, List, Text } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { withIsolatedNames } from '#shared/logic/isolate'
import type { AccessPlanView } from '#shared/model/access-screen'
import { useAction } from '../../../api'
import { SaveResult } from '../../../components/SaveResult'
import { useNow } from '../../../components/use-now'
import { useNavigation } from '../../../navigation'
import { useStore } from '../../../store'
import styles from '../access.module.css'
import { PageHead } from '../PageHead'
import { momentWords } from '../read-words'
import { ApplyBar } from './ApplyBar'
import { PlanSteps } from './PlanSteps'
import { shownPlan } from './plan-store'
import { planCounts } from './plan-text'
import { RunPage } from './RunPage'
import { VisitorTable } from './VisitorTable'

/** What will be done, who gets in before and after, and the button that does it. */
export function PlanPage() {
  const shown = useStore(shownPlan)
  const { go } = useNavigation()
  const back = () => go({ screen: 'access', view: 'overview' })
  if (shown === null)
    return (
      <div className={styles.page}>
        <PageHead title="No plan" sentence="Choose a change on the page Access first." onBack={back} />
      </div>
    )
  if (shown.kind === 'run') return <RunPage run={shown.run} error={shown.error ?? null} onBack={back} />
  return <Plan key={shown.plan.id ?? shown.plan.title} plan={shown.plan} onBack={back} />
}

function Plan({ plan, onBack }: { plan: AccessPlanView; onBack(): void }) {
  const now = useNow()
  const save = useAction('cloudflare.savePlan')
  const { id, title, readAt, lines, problems, notes } = plan
  const isEmpty = lines.length === 0
  const when = `Plan from ${momentWords(readAt, now)}.`
  return (
    <div className={styles.page}>
      <PageHead title={title} sentence={isEmpty ? when : `${when} ${planCounts(plan)}`} onBack={onBack}>
        {plan.canSave && id !== null && (
          <Button
            variant="default"
            leftSection={<IconDownload size={16} aria-hidden />}
            loading={save.isPending}
            onClick={() => save.mutate({ plan: id })}
          >
            Save plan…
          </Button>
        )}
      </PageHead>
      <div className={styles.body}>
        <SaveResult save={save} />
        {problems.length > 0 && (
          <Alert role="alert" color="orange" title="This cannot be planned" mb="md">
            <List size="sm">
              {problems.map((problem) => (
                <List.Item key={problem}>{withIsolatedNames(problem)}</List.Item>
              ))}
            </List>
          </Alert>
        )}
        {isEmpty && problems.length === 0 && <Text>There is nothing to change: the account is already like this.</Text>}
        {notes.map((note) => (
          <Text key={note} size="sm" c="dimmed" mb="xs">
            {withIsolatedNames(note)}
          </Text>
        ))}
        {!isEmpty && (
          <div className={styles.columns}>
            <PlanSteps lines={lines} />
            <VisitorTable plan={plan} />
          </div>
        )}
      </div>
      {id !== null && <ApplyBar plan={plan} id={id} onCancel={onBack} />}
    </div>
  )
}
