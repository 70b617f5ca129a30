import { Badge, Button, Group, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { countOf, formatDateTime } from '#shared/logic/formatting'
import {
  interruptedReasons,
  interruptedState,
  interruptedTitle,
  isWaiting,
  leftBehind,
} from '#shared/logic/interrupted-words'
import { withIsolatedNames } from '#shared/logic/isolate'
import type { Interrupted } from '#shared/model/interrupted'
import { call, useAnswer } from '../../api'
import { ConfirmModal } from '../../components/ConfirmModal'
import textStyles from '../../components/text.module.css'
import { Section } from './Section'

/** What was begun and never finished, and why Latchkey leaves it alone. Nothing at all where there is none. */
export function InterruptedChanges() {
  const { data: found } = useAnswer('interrupted.list', undefined)
  const [asked, setAsked] = useState<Interrupted | null>(null)
  if (found === undefined || found.rows.length === 0) return null
  const hidden = found.notRun + found.waiting - found.rows.length
  return (
    <Section
      title="Interrupted changes"
      intro="Changes that were begun and not finished, for example because of a crash. Latchkey finishes only those that it can prove to be its own."
    >
      <Stack component="ul" gap="md" m={0} p={0}>
        {found.rows.map((entry) => (
          <EntryRow key={entry.id} entry={entry} onDiscard={() => setAsked(entry)} />
        ))}
      </Stack>
      {hidden > 0 && (
        <Text size="sm" c="dimmed">
          {countOf(hidden, 'more entry', 'more entries')}
        </Text>
      )}
      <ConfirmModal
        title="Discard this entry?"
        action="Discard"
        opened={asked !== null}
        onClose={() => setAsked(null)}
        onConfirm={() => (asked === null ? Promise.resolve() : call('interrupted.discard', { id: asked.id }))}
      >
        {asked !== null && (
          <>
            <Text size="sm" fw={600} className={textStyles.wrap}>
              {withIsolatedNames(interruptedTitle(asked))}
            </Text>
            <Text size="sm">
              Discarding removes only this entry. It undoes nothing: {startLower(leftBehind(asked))}
            </Text>
          </>
        )}
      </ConfirmModal>
    </Section>
  )
}

const startLower = (sentence: string) => sentence.charAt(0).toLowerCase() + sentence.slice(1)

function EntryRow({ entry, onDiscard }: { entry: Interrupted; onDiscard(): void }) {
  const title = interruptedTitle(entry)
  return (
    <Stack component="li" gap={4} style={{ listStyle: 'none' }}>
      <Group gap="sm">
        <Text fw={600} className={textStyles.wrap}>
          {withIsolatedNames(title)}
        </Text>
        <Badge color={isWaiting(entry) ? 'gray' : 'orange'}>{interruptedState(entry)}</Badge>
      </Group>
      <Text size="sm" c="dimmed">
        {entry.startedAt === null ? 'Begun at an unknown time' : `Begun ${formatDateTime(entry.startedAt)}`}
      </Text>
      <Text size="sm">{interruptedReasons[entry.reason]}</Text>
      {!isWaiting(entry) && (
        <>
          <Text size="sm">{leftBehind(entry)}</Text>
          <Group mt={4}>
            <Button variant="default" size="xs" aria-label={`Discard: ${title}`} onClick={onDiscard}>
              Discard…
            </Button>
          </Group>
        </>
      )}
    </Stack>
  )
}
