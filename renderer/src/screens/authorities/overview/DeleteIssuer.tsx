import { Button, List, Stack, Text, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { countOf, formatCount, formatDate, joinNames } from '#shared/logic/formatting'
import { quoted } from '#shared/logic/isolate'
import type { AuthorityDeletion, AuthoritySummary } from '#shared/model/authority'
import { useAction, useAnswer } from '../../../api'
import { Answered } from '../../../components/Answered'
import { DialogButtons } from '../../../components/DialogButtons'
import { ErrorNotice } from '../../../components/ErrorNotice'
import { OpenModal } from '../../../components/OpenModal'
import { SubmitButton, whenReady } from '../../../components/SubmitButton'
import textStyles from '../../../components/text.module.css'
import { useNavigation } from '../../../navigation'

interface DeleteProps {
  issuer: AuthoritySummary
  onClose(): void
}

/** Says what goes with it, and asks for its name. */
export function DeleteIssuer({ issuer, onClose }: DeleteProps) {
  const query = useAnswer('authorities.deletion', { authority: issuer.id })
  return (
    <OpenModal onClose={onClose} title={`Delete ${quoted(issuer.name)}?`}>
      <Answered query={query}>
        {(deletion) => <Question issuer={issuer} deletion={deletion} onClose={onClose} />}
      </Answered>
    </OpenModal>
  )
}

function Question({ issuer, deletion, onClose }: DeleteProps & { deletion: AuthorityDeletion }) {
  const { go } = useNavigation()
  const [typed, setTyped] = useState('')
  const remove = useAction('authorities.delete')
  const [isRefused, setRefused] = useState(false)
  const isReady = typed.trim() === deletion.name.trim()
  const { keys, below } = deletion

  const submit = () =>
    remove.mutate(
      { authority: issuer.id, name: typed },
      {
        onSuccess: () => {
          onClose()
          go({ screen: 'authorities', issuer: null })
          notifications.show({
            color: 'teal',
            title: `${quoted(deletion.name)} is deleted.`,
            message: 'Access is not changed.',
          })
        },
      },
    )

  return (
    <form noValidate onSubmit={whenReady(isReady, submit, () => setRefused(true))}>
      <Stack>
        <Text size="sm">This cannot be undone. It deletes from this computer:</Text>
        <List size="sm">
          {goingWords(deletion).map((words) => (
            <List.Item key={words} className={textStyles.wrap}>
              {words}
            </List.Item>
          ))}
        </List>
        {keys.length > 1 && (
          <Text size="sm">
            All {keys.length} keys of this name go together, because they share one list of revocations:{' '}
            {keys.map(({ keyCode, notAfter }) => `${keyCode} (until ${formatDate(notAfter)})`).join(', ')}. To keep one
            of them, archive the other instead.
          </Text>
        )}
        {deletion.live > 0 && (
          <Text size="sm" fw={600}>
            {formatCount(deletion.live)} of its certificates {deletion.live === 1 ? 'is' : 'are'} still valid. Access
            keeps accepting {deletion.live === 1 ? 'it' : 'them'}, and nobody can renew or revoke{' '}
            {deletion.live === 1 ? 'it' : 'them'} here any more.
          </Text>
        )}
        {below.length > 0 && (
          <Text size="sm" className={textStyles.wrap}>
            {joinNames(below.map((name) => quoted(name)))} below it {below.length === 1 ? 'stays' : 'stay'}.
          </Text>
        )}
        <Text size="sm" c="dimmed">
          If anybody may need it again, export or archive it instead.
        </Text>
        <TextInput
          label={`Type ${quoted(deletion.name)} to confirm`}
          value={typed}
          error={isRefused && !isReady ? 'The name does not match.' : null}
          maxLength={1024}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        {remove.error !== null && <ErrorNotice error={remove.error} />}
        <DialogButtons>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <SubmitButton color="red" loading={remove.isPending} isReady={isReady}>
            Delete
          </SubmitButton>
        </DialogButtons>
      </Stack>
    </form>
  )
}

function goingWords({ keys, issued, revocations, hasCrl }: AuthorityDeletion): string[] {
  const own = keys.filter(({ hasKey }) => hasKey).length
  return [
    ...(own === 0
      ? ['its certificate;']
      : own === 1
        ? ['its certificate and private key;']
        : [`its certificates and ${own} private keys;`]),
    issued === 0
      ? 'its empty list of issued certificates;'
      : `the list of ${countOf(issued, 'certificate')} that it issued;`,
    hasCrl
      ? `its last revocation list and ${countOf(revocations, 'revocation')}. Whoever imports the issuer again needs that list.`
      : `${countOf(revocations, 'revocation')}.`,
  ]
}
