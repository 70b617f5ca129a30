import { Button, Group, Loader, Modal, Stack, Text } from '@mantine/core'
import { ErrorNotice } from '../components/ErrorNotice'
import { Imported } from './Imported'
import { type ImportState, useImport } from './import-context'
import { LookInside } from './LookInside'
import { NoMatchingKey } from './NoMatchingKey'
import { OfferToIssue } from './OfferToIssue'
import { PasswordNeeded } from './PasswordNeeded'

export function ImportModal() {
  const { state, close } = useImport()
  return (
    <Modal opened onClose={close} title={titleOf(state)} size="lg" closeOnEscape={state.kind !== 'working'}>
      <Body state={state} />
    </Modal>
  )
}

function titleOf(state: ImportState): string {
  if (state.kind === 'requests') return state.sources.length === 1 ? 'A request (CSR)' : 'Requests (CSR)'
  if (state.kind === 'looking') return state.sources.length === 1 ? 'What is in this file' : 'What is in these files'
  if (state.kind !== 'outcome') return 'Certificate file'
  switch (state.outcome.kind) {
    case 'password-needed':
      return 'This file has a password'
    case 'no-matching-key':
      return 'This certificate belongs to another key'
    case 'imported':
      return state.outcome.unchanged ? 'This certificate is already here' : 'Certificate added'
  }
}

function Body({ state }: { state: ImportState }) {
  const { choose, close, look } = useImport()
  if (state.kind === 'idle') return null
  if (state.kind === 'working') {
    return (
      <Group role="status">
        <Loader size="sm" aria-hidden />
        <Text>Reading the file…</Text>
      </Group>
    )
  }
  if (state.kind === 'requests') return <OfferToIssue sources={state.sources} />
  if (state.kind === 'looking') return <LookInside sources={state.sources} />
  if (state.kind === 'failed') {
    const { sources } = state
    return (
      <Stack>
        <ErrorNotice error={state.error} />
        <Group justify="flex-end">
          {sources.length > 0 && (
            <Button variant="default" onClick={() => look(sources)}>
              What is in it?
            </Button>
          )}
          <Button variant="default" onClick={() => void choose()}>
            Choose another file
          </Button>
          <Button onClick={close}>Close</Button>
        </Group>
      </Stack>
    )
  }
  switch (state.outcome.kind) {
    case 'password-needed':
      return <PasswordNeeded key={state.outcome.staged} outcome={state.outcome} />
    case 'no-matching-key':
      return <NoMatchingKey outcome={state.outcome} />
    case 'imported':
      return <Imported outcome={state.outcome} />
  }
}
