import { Button, Group, SegmentedControl, Stack, Text } from '@mantine/core'
import { IconFolderOpen } from '@tabler/icons-react'
import { useState } from 'react'
import { type SavedFiles, usesOf } from '#shared/logic/export-commands'
import type { LastTest } from '#shared/model/identity'
import { useAction, useAnswer } from '../../../api'
import { CopyButton } from '../../../components/CopyButton'
import { DialogButtons } from '../../../components/DialogButtons'
import { ErrorNotice } from '../../../components/ErrorNotice'
import textStyles from '../../../components/text.module.css'

/** Until a site was tested, the reader puts the own one in its place. */
const exampleSite = { hostname: 'your-site.example', port: 443, path: '/', connectTo: null }

interface SavedExportProps {
  saved: Omit<SavedFiles, 'site'>
  tests: LastTest[]
  onClose(): void
}

/** After saving: where the files are, and how the program that they are for uses them. */
export function SavedExport({ saved, tests, onClose }: SavedExportProps) {
  const { data: sites } = useAnswer('hosts.list', { limit: 1000 })
  const show = useAction('identities.showExported')
  const [chosen, setChosen] = useState(0)
  const tested = tests.find(({ good }) => good) ?? tests[0]
  const site = sites?.rows.find(({ id }) => id === tested?.host) ?? exampleSite
  const answer = usesOf({ ...saved, site })
  const use = answer.ok ? (answer.uses[chosen] ?? answer.uses[0]) : null
  return (
    <Stack gap="sm">
      {!answer.ok && <Text size="sm">{answer.reason}</Text>}
      {answer.ok && answer.uses.length > 1 && (
        <SegmentedControl
          aria-label="Program"
          w="fit-content"
          maw="100%"
          data={answer.uses.map(({ program }, index) => ({ value: String(index), label: program }))}
          value={String(chosen)}
          onChange={(value) => setChosen(Number(value))}
        />
      )}
      {use !== null && (
        <>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long command is scrolled by keyboard */}
          <pre className={`${textStyles.pem} ${textStyles.mono}`} tabIndex={0}>
            {use.text}
          </pre>
          <Text size="sm" c="dimmed">
            {use.hint}
            {use.text.includes(exampleSite.hostname) &&
              ` Put the address of your site in place of ${exampleSite.hostname}.`}
          </Text>
        </>
      )}
      {show.error !== null && <ErrorNotice error={show.error} />}
      <DialogButtons>
        <Group gap="sm" mr="auto">
          {use !== null && <CopyButton label="Copy" text={use.text} />}
          <Button
            size="xs"
            variant="default"
            leftSection={<IconFolderOpen size={16} aria-hidden />}
            onClick={() => show.mutate(undefined)}
          >
            Show in folder
          </Button>
        </Group>
        <Button data-autofocus onClick={onClose}>
          Done
        </Button>
      </DialogButtons>
    </Stack>
  )
}
