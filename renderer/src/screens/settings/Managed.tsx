import { Alert, Code, Stack, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { policyFacts } from '#shared/logic/policy-words'
import { messages } from '#shared/messages'
import { useAnswer } from '../../api'
import { Facts } from '../../components/Facts'
import textStyles from '../../components/text.module.css'
import { Section } from './Section'

/** What the administrator of this computer has set, to read only. Nothing where there is no policy. */
export function Managed() {
  const { data: policy } = useAnswer('app.policy', undefined)
  const { data: stores } = useAnswer('installs.stores', undefined)
  if (policy === undefined || policy.kind === 'none') return null
  if (policy.kind === 'unusable') {
    const { why, remedy } = messages['policy-unusable']
    return (
      <Section title="Managed by your organisation">
        <Alert
          color="orange"
          icon={<IconAlertTriangle aria-hidden />}
          title="The policy of this computer cannot be used"
        >
          <Stack gap="xs">
            <Text size="sm">{why}</Text>
            <Text size="sm" fw={600}>
              {remedy}
            </Text>
            <Code className={textStyles.wrap}>{`${policy.from}: ${policy.why}`}</Code>
          </Stack>
        </Alert>
      </Section>
    )
  }
  const storeName = stores?.find(({ id }) => id === policy.policy.store)?.name ?? policy.policy.store
  return (
    <Section
      title="Managed by your organisation"
      intro="Your administrator has set this for Latchkey on this computer. A change takes effect when Latchkey is started again."
    >
      <Facts facts={[...policyFacts(policy.policy, storeName), ['Read from', policy.from]]} />
    </Section>
  )
}
