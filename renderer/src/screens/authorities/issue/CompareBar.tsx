import { Button, FileButton, Group, Progress, Text, Textarea } from '@mantine/core'
import { IconClipboardText, IconTable } from '@tabler/icons-react'
import { useState } from 'react'
import { countOf, formatCount } from '#shared/logic/formatting'
import { AskForm } from '../../../components/AskForm'
import { OpenModal } from '../../../components/OpenModal'
import styles from './issue.module.css'
import { codesIn } from './key-code-comparison'
import { type Group as GroupName, groups, type ReviewEntry } from './request-review'

interface CompareBarProps {
  all: ReviewEntry[]
  /** The text that came separately from the requests. */
  ticket: string
  onTicket(ticket: string): void
  shown: GroupName
  onShow(group: GroupName): void
}

/** How many keys were confirmed over a separate channel, where the codes come from, and which rows are shown. */
export function CompareBar({ all, ticket, onTicket, shown, onShow }: CompareBarProps) {
  const [isPasting, setPasting] = useState(false)
  const matches = all.filter(groups.matches.has).length
  const codes = codesIn(ticket).length
  const take = async (file: File | null) => {
    if (file !== null) onTicket(await file.text())
  }
  return (
    <div className={styles.compare}>
      <div className={styles.match}>
        <Text size="sm" role="status">
          <strong>
            {formatCount(matches)} of {formatCount(all.length)} key codes match
          </strong>
          {codes > 0 && ` · ${countOf(codes, 'code')} given`}
        </Text>
        <Progress
          value={all.length === 0 ? 0 : (matches / all.length) * 100}
          color="teal"
          aria-label="Key codes that match"
        />
      </div>
      <Group gap="xs">
        <Button
          size="xs"
          variant="default"
          leftSection={<IconClipboardText size={16} aria-hidden />}
          onClick={() => setPasting(true)}
        >
          Paste key codes
        </Button>
        <FileButton
          accept=".csv,.txt"
          onChange={(file) => void take(file)}
          inputProps={{ 'aria-label': 'File with key codes' }}
        >
          {(props) => (
            <Button {...props} size="xs" variant="default" leftSection={<IconTable size={16} aria-hidden />}>
              Open CSV…
            </Button>
          )}
        </FileButton>
      </Group>
      <Filters all={all} shown={shown} onShow={onShow} />
      {isPasting && (
        <PasteCodes
          ticket={ticket}
          onClose={() => setPasting(false)}
          onTicket={(text) => {
            onTicket(text)
            setPasting(false)
          }}
        />
      )}
    </div>
  )
}

const names: GroupName[] = ['all', 'matches', 'differs', 'no-code', 'unsignable']

function Filters({ all, shown, onShow }: Pick<CompareBarProps, 'all' | 'shown' | 'onShow'>) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would draw a frame around the buttons
    <div className={styles.filters} role="group" aria-label="Which requests are shown">
      {names.map((name) => (
        <Button
          key={name}
          size="compact-sm"
          variant={shown === name ? 'light' : 'subtle'}
          color={shown === name ? 'indigo' : 'gray'}
          aria-pressed={shown === name}
          onClick={() => onShow(name)}
        >
          {groups[name].words} {formatCount(all.filter(groups[name].has).length)}
        </Button>
      ))}
    </div>
  )
}

interface PasteProps {
  ticket: string
  onTicket(text: string): void
  onClose(): void
}

function PasteCodes({ ticket, onTicket, onClose }: PasteProps) {
  const [text, setText] = useState(ticket)
  const found = codesIn(text).length
  return (
    <OpenModal onClose={onClose} title="Paste key codes">
      <AskForm action="Compare" isReady onSubmit={() => onTicket(text)} onCancel={onClose}>
        <Text size="sm">
          Take them from a ticket, a chat or a call, never from the message that brought the request: anyone who can
          replace one can replace both. A line may name the file or the person.
        </Text>
        <Textarea
          label="Key codes"
          description={found === 0 ? 'For example: ada.csr K7QD-2M5A-XWPL-3ROB' : countOf(found, 'code')}
          autosize
          minRows={4}
          maxRows={10}
          maxLength={200_000}
          value={text}
          data-autofocus
          onChange={(event) => setText(event.currentTarget.value)}
        />
      </AskForm>
    </OpenModal>
  )
}
