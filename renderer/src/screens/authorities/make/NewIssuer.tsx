import { Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { quoted } from '#shared/logic/isolate'
import type { AuthoritySummary } from '#shared/model/authority'
import { OpenModal } from '../../../components/OpenModal'
import { useNow } from '../../../components/use-now'
import { useNavigation } from '../../../navigation'
import { daysWithin, defaultDays } from '../fields/lifetime'
import { IssuerEditor } from './IssuerEditor'
import { emptyIssuer, intermediateName } from './issuer-draft'

interface NewIssuerProps {
  /** Null makes a root. */
  parent: AuthoritySummary | null
  onClose(): void
}

export function NewIssuer({ parent, onClose }: NewIssuerProps) {
  const { go } = useNavigation()
  const now = useNow()
  const initial =
    parent === null
      ? emptyIssuer
      : {
          ...emptyIssuer,
          commonName: intermediateName(parent.name),
          days: daysWithin(defaultDays.intermediate, parent.notAfter, now),
        }
  return (
    <OpenModal
      onClose={onClose}
      title={parent === null ? 'Create a root' : 'Create an intermediate'}
      size="lg"
      closeOnClickOutside={false}
    >
      <Stack>
        <Text size="sm" c="dimmed">
          {parent === null
            ? 'A root stands at the top and signs itself. Its key stays on this computer. You share only its certificate.'
            : `${quoted(parent.name)} signs it. It then signs the certificates of people and devices, and the root’s key is rarely needed.`}
        </Text>
        <IssuerEditor
          initial={initial}
          parent={parent}
          action={parent === null ? 'Create the root' : 'Create the intermediate'}
          onCancel={onClose}
          onMade={(made) => {
            onClose()
            go({ screen: 'authorities', issuer: made.id, issuerView: 'overview' })
            notifications.show({ color: 'teal', title: 'The issuer is ready.', message: made.name })
          }}
        />
      </Stack>
    </OpenModal>
  )
}
