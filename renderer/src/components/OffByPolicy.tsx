import { Alert, Code, Text } from '@mantine/core'
import { IconBuildingCommunity } from '@tabler/icons-react'
import { type PolicyFeature, restrictionOn } from '#shared/logic/policy'
import { messages } from '#shared/messages'
import { useAnswer } from '../api'
import textStyles from './text.module.css'

/** Why the policy of this computer switches something off; null where it does not, and until it is known. */
export function useRestriction(what: PolicyFeature): ReturnType<typeof restrictionOn> {
  const { data: policy } = useAnswer('app.policy', undefined)
  return policy === undefined ? null : restrictionOn(what, policy)
}

/** Stands where something could be done that the policy of this computer switches off; nothing where it does not. */
export function OffByPolicy({ what, label }: { what: PolicyFeature; label: string }) {
  const { data: policy } = useAnswer('app.policy', undefined)
  const restriction = useRestriction(what)
  if (policy === undefined || restriction === null) return null
  const { title, remedy } = messages[restriction]
  return (
    <Alert color="gray" icon={<IconBuildingCommunity aria-hidden />} title={label}>
      <Text size="sm">
        {title} {remedy}
      </Text>
      {policy.kind === 'unusable' && <Code className={textStyles.wrap}>{`${policy.from}: ${policy.why}`}</Code>}
    </Alert>
  )
}
