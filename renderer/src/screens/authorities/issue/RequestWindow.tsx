import { Stack, Text } from '@mantine/core'
import { formatDate } from '#shared/logic/formatting'
import { quoted } from '#shared/logic/isolate'
import { DialogButtons } from '../../../components/DialogButtons'
import { OpenModal } from '../../../components/OpenModal'
import { SubmitButton, whenReady } from '../../../components/SubmitButton'
import textStyles from '../../../components/text.module.css'
import { CertificateNames } from './CertificateNames'
import styles from './issue.module.css'
import type { Decision, ReviewEntry } from './request-review'
import { SubjectEditor } from './SubjectEditor'
import { useNamesake } from './use-namesake'

interface RequestWindowProps {
  one: ReviewEntry
  onDecide(change: Partial<Decision>): void
  onClose(): void
}

/** One request in full: its key code large enough to read aloud, the name that was asked for and the one that will be written. */
export function RequestWindow({ one, onDecide, onClose }: RequestWindowProps) {
  const { request, problem } = one
  const isRefused = request.refusal !== null
  const namesake = useNamesake(one)
  return (
    <OpenModal onClose={onClose} title={request.source} size="lg">
      <form noValidate onSubmit={whenReady(true, onClose)}>
        <Stack gap="sm">
          <div>
            <div className={`${styles.keyCode} ${textStyles.mono}`}>{request.keyCode}</div>
            <Text size="xs" c="dimmed">
              {request.publicKey}
            </Text>
          </div>
          {isRefused ? (
            <Text size="sm" c="dimmed" className={textStyles.wrap}>
              Asked for: {request.requested.subject}
            </Text>
          ) : (
            <div>
              <CertificateNames one={one} onChange={(names) => onDecide({ names })} />
            </div>
          )}
          {namesake !== null && (
            <Text size="sm" c="var(--mantine-color-orange-text)" className={textStyles.wrap}>
              {quoted(namesake.commonName)} already has a certificate with another key ({namesake.keyCode}, until{' '}
              {formatDate(namesake.notAfter)}). A rule at Access for this name lets both in. Revoke the old one if it is
              no longer wanted.
            </Text>
          )}
          {problem !== null && (
            <Text size="sm" c="var(--mantine-color-error)" role="status">
              {problem}
            </Text>
          )}
          {!isRefused && <SubjectEditor one={one} onChange={(names) => onDecide({ names })} />}
          <DialogButtons>
            <SubmitButton isReady>Done</SubmitButton>
          </DialogButtons>
        </Stack>
      </form>
    </OpenModal>
  )
}
