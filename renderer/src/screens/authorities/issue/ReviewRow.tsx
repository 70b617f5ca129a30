import { Button, Checkbox, Text } from '@mantine/core'
import { useState } from 'react'
import { Namesake } from './Namesake'
import type { Decision, Reviewed } from './review'
import { SubjectEditor } from './SubjectEditor'
import { WhatIsWritten } from './WhatIsWritten'

interface RowProps {
  one: Reviewed
  onDecide(change: Partial<Decision>): void
}

/** One request: its key code large enough to read aloud, the name that was asked for and the one that will be written. */
export function ReviewRow({ one, onDecide }: RowProps) {
  const { request, decision, problem } = one
  const [isEditing, setEditing] = useState(false)
  const isRefused = request.refusal !== null
  return (
    <article className="review-row card" aria-label={request.source} data-refused={isRefused || undefined}>
      <Checkbox
        aria-label={`Sign ${request.source}`}
        checked={decision.isChecked && problem === null}
        disabled={problem !== null}
        onChange={(event) => onDecide({ isChecked: event.currentTarget.checked })}
      />
      <div>
        <div className="key-code mono">{request.keyCode}</div>
        <Text size="xs" c="dimmed" className="wrap">
          {request.publicKey} · {request.source}
        </Text>
      </div>
      <div>
        {isRefused ? (
          <Text size="xs" c="dimmed" className="wrap">
            Asked for: {request.requested.subject}
          </Text>
        ) : (
          <WhatIsWritten one={one} onChange={(names) => onDecide({ names })} />
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
