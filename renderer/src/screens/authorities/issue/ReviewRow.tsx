import { Badge, Button, Checkbox, Text } from '@mantine/core'
import { useState } from 'react'
import { describeSubject } from '#shared/logic/naming'
import { ExtensionsLine } from './ExtensionsLine'
import { Namesake } from './Namesake'
import { type Decision, isRenamed, type Reviewed } from './review'
import { SubjectEditor } from './SubjectEditor'

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
        {!isRefused && (
          <>
            <Text size="xs" c="dimmed" component="div">
              Will be written <NameOrigin one={one} />
            </Text>
            <Text fw={600} className="wrap">
              {describeSubject(decision.subject)}
            </Text>
          </>
        )}
        <Text size="xs" c="dimmed" className="wrap">
          Asked for: {request.requested.subject}
        </Text>
        {!isRefused && <ExtensionsLine request={request} decision={decision} />}
        {!isRefused && <Namesake one={one} />}
        {problem !== null && (
          <Text size="sm" c="var(--mantine-color-error)" mt={4}>
            {problem}
          </Text>
        )}
        {isEditing && <SubjectEditor decision={decision} onDecide={onDecide} />}
      </div>
      {!isRefused && (
        <Button size="compact-sm" variant="default" aria-expanded={isEditing} onClick={() => setEditing(!isEditing)}>
          {isEditing ? 'Done' : 'Change'}
        </Button>
      )}
    </article>
  )
}

/** Where the name comes from, and so how closely to look at it. */
function NameOrigin({ one }: { one: Reviewed }) {
  if (one.request.fromList) return <Badge color="teal">from your list</Badge>
  if (isRenamed(one)) return <Badge color="indigo">changed by you</Badge>
  return <Badge color="orange">as the requester wrote it</Badge>
}
