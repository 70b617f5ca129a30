import { Alert, Button, SegmentedControl, Stack, TagsInput, Text, Title } from '@mantine/core'
import type { LabAction, LabPolicy, LabRule, LabState } from '#shared/model/lab'
import { useAction } from '../../api'
import { ErrorNotice } from '../../components/ErrorNotice'
import layout from '../../components/layout.module.css'
import textStyles from '../../components/text.module.css'
import { useNarrow } from '../../components/use-narrow'
import { noteRuleChanged, run, type StepState } from './practice-run'

const actions: { value: LabAction; label: string; explanation: string }[] = [
  { value: 'service-auth', label: 'Service Auth', explanation: 'The certificate alone is enough.' },
  { value: 'allow', label: 'Allow', explanation: 'The certificate is needed first, then a login follows.' },
  {
    value: 'bypass',
    label: 'Bypass',
    explanation: 'Everyone gets in without a certificate. Test it to see the warning.',
  },
]
const rules: { value: LabRule['kind']; label: string; explanation: string }[] = [
  { value: 'valid-certificate', label: 'Valid Certificate', explanation: 'Any certificate from the practice issuer.' },
  { value: 'common-name', label: 'Common Name', explanation: 'Only certificates with one of these names.' },
]

interface PolicyCardProps {
  lab: LabState
  suggestion: string | null
  /** The test of the connection, once it can be done again. */
  test: StepState | null
}

/** The administrator's side: change the rule, test again, and see what the holder sees. */
export function PolicyCard({ lab, suggestion, test }: PolicyCardProps) {
  const { policy, decidedByAccount } = lab
  const set = useAction('lab.setPolicy')
  const { action, rule } = set.isPending ? set.variables : policy
  const change = (next: LabPolicy) => {
    noteRuleChanged()
    set.mutate(next)
  }
  const chooseAction = (value: string) => {
    const chosen = actions.find((each) => each.value === value)
    if (chosen !== undefined) change({ action: chosen.value, rule })
  }
  const chooseRule = (value: string) => {
    const commonNames = suggestion === null ? [] : [suggestion]
    change({
      action,
      rule: value === 'common-name' ? { kind: 'common-name', commonNames } : { kind: 'valid-certificate' },
    })
  }
  const orientation = useNarrow() ? 'vertical' : 'horizontal'
  const words = (list: { value: string; explanation: string }[], value: string) =>
    list.find((each) => each.value === value)?.explanation ?? ''
  return (
    <section className={layout.card} aria-labelledby="practice-policy">
      <Stack gap="sm">
        <div>
          <Title order={2} id="practice-policy">
            Its rule
          </Title>
          <Text size="sm" c="dimmed">
            What an administrator sets in Cloudflare Access. Change it, then test again.
          </Text>
        </div>
        {decidedByAccount && <AccountNote />}
        <div>
          <SegmentedControl
            fullWidth
            orientation={orientation}
            size="xs"
            aria-label="Action"
            data={actions}
            value={action}
            onChange={chooseAction}
          />
          <Text size="sm" mt={6}>
            {words(actions, action)}
          </Text>
        </div>
        {action !== 'bypass' && (
          <div>
            <SegmentedControl
              fullWidth
              orientation={orientation}
              size="xs"
              aria-label="Rule"
              data={rules}
              value={rule.kind}
              onChange={chooseRule}
            />
            <Text size="sm" mt={6}>
              {words(rules, rule.kind)}
            </Text>
          </div>
        )}
        {action !== 'bypass' && rule.kind === 'common-name' && (
          <TagsInput
            label="Names that get in"
            description="Press Enter after each name."
            value={rule.commonNames}
            maxTags={50}
            maxLength={64}
            onChange={(commonNames) => change({ action, rule: { kind: 'common-name', commonNames } })}
          />
        )}
        {test !== null && <TestAgain test={test} />}
        {set.error !== null && <ErrorNotice error={set.error} />}
      </Stack>
    </section>
  )
}

/** The site follows the practice account of Access, so the rule here has no effect. */
function AccountNote() {
  const empty = useAction('lab.emptyAccount')
  const emptyIt = () => {
    noteRuleChanged()
    empty.mutate(undefined)
  }
  return (
    <Alert color="orange" title="The practice account of Access decides" role="status">
      <Stack gap="xs" align="flex-start">
        <Text size="sm">It has a CA or an application for this site, so the rule below has no effect.</Text>
        <Button size="compact-xs" variant="default" loading={empty.isPending} onClick={emptyIt}>
          Empty the practice account
        </Button>
        {empty.error !== null && <ErrorNotice error={empty.error} />}
      </Stack>
    </Alert>
  )
}

/** Beside the rule that was changed, so that nobody has to look for the step. The step itself shows the report. */
function TestAgain({ test: { state, sentence } }: { test: StepState }) {
  return (
    <div>
      <Button size="xs" loading={state === 'running'} onClick={() => void run('test-direct')}>
        Test again
      </Button>
      {sentence !== '' && (
        <Text
          size="sm"
          fw={500}
          mt={8}
          c={state === 'failed' ? 'var(--mantine-color-error)' : 'var(--mantine-color-text)'}
          className={textStyles.wrap}
        >
          {sentence}
        </Text>
      )}
    </div>
  )
}
