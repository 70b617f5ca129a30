import { Button, Checkbox, Text } from '@mantine/core'
import { useState } from 'react'
import { formatDate } from '#shared/logic/formatting'
import { faultOfText, nameBounds } from '#shared/logic/name-rules'
import { useAnswer } from '../../../api'
import layout from '../../../components/layout.module.css'
import textStyles from '../../../components/text.module.css'
import { CertificateNames } from './CertificateNames'
import styles from './issue.module.css'
import type { Decision, ReviewEntry } from './request-review'
import { SubjectEditor } from './SubjectEditor'

interface RowProps {
  one: ReviewEntry
  onDecide(change: Partial<Decision>): void
}

/** One request: its key code large enough to read aloud, the name that was asked for and the one that will be written. */
export function ReviewRow({ one, onDecide }: RowProps) {
  const { request, decision, problem } = one
  const [isEditing, setEditing] = useState(false)
  const isRefused = request.refusal !== null
  return (
    <article
      className={`${styles.row} ${layout.card}`}
      aria-label={request.source}
      data-refused={isRefused || undefined}
    >
      <Checkbox
        aria-label={`Sign ${request.source}`}
        checked={decision.isChecked && problem === null}
        disabled={problem !== null}
        onChange={(event) => onDecide({ isChecked: event.currentTarget.checked })}
      />
      <div>
        <div className={`${styles.keyCode} ${textStyles.mono}`}>{request.keyCode}</div>
        <Text size="xs" c="dimmed" className={textStyles.wrap}>
          {request.publicKey} · {request.source}
        </Text>
      </div>
      <div>
        {isRefused ? (
          <Text size="xs" c="dimmed" className={textStyles.wrap}>
            Asked for: {request.requested.subject}
          </Text>
        ) : (
          <CertificateNames one={one} onChange={(names) => onDecide({ names })} />
        )}
        {!isRefused && <Namesake one={one} />}
        {problem !== null && (
          <Text size="sm" c="var(--mantine-color-error)" mt={4}>
            {problem}
          </Text>
        )}
        {isEditing && <SubjectEditor one={one} onChange={(names) => onDecide({ names })} />}
      </div>
      {!isRefused && (
        <Button size="compact-sm" variant="default" aria-expanded={isEditing} onClick={() => setEditing(!isEditing)}>
          {isEditing ? 'Done' : 'Change'}
        </Button>
      )}
    </article>
  )
}

/** Another key has a certificate with this name. It may be the same person with a new computer, so whoever signs is told. */
function Namesake({ one: { request, decision } }: { one: ReviewEntry }) {
  const { names } = decision
  const wanted = names.kind === 'decided' ? names.subject.commonName.trim() : request.requested.commonName
  const commonName = wanted !== null && faultOfText(wanted, nameBounds.commonName) === null ? wanted : ''
  const { data } = useAnswer('authorities.namesake', { commonName, keyCode: request.keyCode })
  if (data === undefined || data === null) return null
  return (
    <Text size="sm" c="var(--mantine-color-orange-text)" mt={4} className={textStyles.wrap}>
      “{data.commonName}” already has a certificate with another key ({data.keyCode}, until {formatDate(data.notAfter)}
      ). A rule at Access for this name lets both in. Revoke the old one if it is no longer wanted.
    </Text>
  )
}
