import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { checkWords } from '#shared/logic/checks'
import { CheckList } from '../components/CheckList'
import textStyles from '../components/text.module.css'
import { useNavigation } from '../navigation'
import { type ImportOutcome, useImport } from './import-context'
import { UnreadableParts } from './UnreadableParts'

export function ImportResult({ outcome }: { outcome: Extract<ImportOutcome, { kind: 'imported' }> }) {
  const { close, pickAnother } = useImport()
  const { go } = useNavigation()
  const { identity, checks, keyCameAlong, unchanged, others, unread } = outcome
  const warned = checkWords({ code: 'maker-had-key', outcome: 'warning', evidence: '' })
  const shown = keyCameAlong ? checks.filter(({ code }) => code !== 'maker-had-key') : checks

  return (
    <Stack>
      <Text className={textStyles.wrap}>
        {unchanged
          ? `You have had the certificate of “${identity.name}” before. Nothing needed to be changed.`
          : `It belongs to “${identity.name}”. This is what was checked:`}
      </Text>
      {keyCameAlong && (
        <Alert color="orange" icon={<IconAlertTriangle aria-hidden />} title={warned.title}>
          {warned.explanation}
        </Alert>
      )}
      <CheckList checks={shown} />
      <UnreadableParts failures={unread} />
      <Group justify="flex-end">
        {others !== null && (
          <Button variant="default" onClick={pickAnother}>
            Add another from these files
          </Button>
        )}
        <Button
          data-autofocus
          onClick={() => {
            close()
            go({ screen: 'certificates', identity: identity.id })
          }}
        >
          Continue
        </Button>
      </Group>
    </Stack>
  )
}
