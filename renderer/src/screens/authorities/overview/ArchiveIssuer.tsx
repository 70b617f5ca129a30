import { Text } from '@mantine/core'
import { quoted } from '#shared/logic/isolate'
import type { AuthoritySummary } from '#shared/model/authority'
import { useAction } from '../../../api'
import { AskForm } from '../../../components/AskForm'
import { ErrorNotice } from '../../../components/ErrorNotice'
import { OpenModal } from '../../../components/OpenModal'
import textStyles from '../../../components/text.module.css'

interface ArchiveProps {
  issuer: AuthoritySummary
  /** False brings it back. */
  archived: boolean
  onClose(): void
}

/** Says what archiving does and does not do. */
export function ArchiveIssuer({ issuer, archived, onClose }: ArchiveProps) {
  const archive = useAction('authorities.archive')
  const submit = () => archive.mutate({ authority: issuer.id, archived }, { onSuccess: onClose })
  return (
    <OpenModal
      onClose={onClose}
      title={archived ? `Archive ${quoted(issuer.name)}?` : `Bring back ${quoted(issuer.name)}?`}
    >
      <AskForm
        action={archived ? 'Archive' : 'Bring back'}
        isReady
        isBusy={archive.isPending}
        onSubmit={submit}
        onCancel={onClose}
      >
        <Text size="sm" className={textStyles.wrap}>
          {archived
            ? 'It is hidden from the list, and nothing is issued with it. Its key and records are kept, and Latchkey still warns before it or its revocation list expires.'
            : 'It is shown in the list again, and can issue certificates as before.'}
        </Text>
        {archived && (
          <Text size="sm" c="dimmed">
            Access is not changed: certificates that it issued keep working. You can bring it back at any time.
          </Text>
        )}
        {archive.error !== null && <ErrorNotice error={archive.error} />}
      </AskForm>
    </OpenModal>
  )
}
