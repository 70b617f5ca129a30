import { Button, Group, Stack, Text } from '@mantine/core'
import { IconDownload, IconDragDrop } from '@tabler/icons-react'
import type { IdentitySummary } from '#shared/model/identity'
import { useAction } from '../../api'
import { CopyButton } from '../../components/CopyButton'
import { ErrorNotice } from '../../components/ErrorNotice'
import { SaveResult } from '../../components/SaveResult'
import textStyles from '../../components/text.module.css'

export function RequestTab({ summary, pem }: { summary: IdentitySummary; pem: string }) {
  const save = useAction('identities.saveRequest')
  const drag = useAction('identities.dragRequest')
  const input = { identity: summary.id }
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        This is the request (CSR). It holds your name and your public key, and nothing secret.
      </Text>
      <Group gap="xs">
        <CopyButton label="Copy request" text={pem} />
        <Button
          size="xs"
          variant="default"
          leftSection={<IconDownload size={16} aria-hidden />}
          onClick={() => save.mutate(input)}
        >
          Save request
        </Button>
        <Button
          size="xs"
          variant="default"
          draggable
          leftSection={<IconDragDrop size={16} aria-hidden />}
          onClick={() => save.mutate(input)}
          onDragStart={(event) => {
            event.preventDefault()
            drag.mutate(input)
          }}
        >
          Drag this out
        </Button>
      </Group>
      <SaveResult save={save} />
      {drag.error !== null && <ErrorNotice error={drag.error} />}
      <section aria-label="The request as text">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a text that scrolls must be reachable by keyboard */}
        <pre className={`${textStyles.pem} ${textStyles.mono}`} tabIndex={0}>
          {pem}
        </pre>
      </section>
    </Stack>
  )
}
