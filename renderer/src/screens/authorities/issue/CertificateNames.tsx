import { Badge, Checkbox, Text } from '@mantine/core'
import { notesOn, otherNamesOf } from '#shared/logic/request-notes'
import textStyles from '../../../components/text.module.css'
import { isRenamed, type Names, type ReviewEntry, subjectWords } from './request-review'

interface WrittenProps {
  one: ReviewEntry
  onChange(names: Names): void
}

/** The names that the certificate will have, where they come from, and what was asked for and is not in it. */
export function CertificateNames({ one, onChange }: WrittenProps) {
  const { request, decision } = one
  const { names } = decision
  const { requested } = request
  const isTaken = names.kind === 'decided' || requested.refusal === null
  const others = names.kind === 'decided' ? otherNamesOf(names) : requested.alternatives
  const leftOut = names.kind === 'as-requested' ? requested.leftOut : []
  // What needs consent stands beside its tick.
  const notes = notesOn(request, names).filter(({ kind }) => kind !== 'left-out' || leftOut.length === 0)
  return (
    <>
      <Text size="xs" c="dimmed" component="div">
        {isTaken ? 'Will be written ' : 'Asked for '}
        <NameOrigin one={one} />
      </Text>
      <Text fw={isTaken ? 600 : 400} className={textStyles.wrap}>
        {subjectWords(request, decision)}
      </Text>
      {others.length > 0 && (
        <Text size="xs" className={textStyles.wrap}>
          Other names: {others.join(', ')}
        </Text>
      )}
      {names.kind === 'decided' && (
        <Text size="xs" c="dimmed" className={textStyles.wrap}>
          Asked for: {requested.subject}
        </Text>
      )}
      {notes.map(({ kind, note }) => (
        <Text
          key={note}
          size="xs"
          c={kind === 'names' ? 'var(--mantine-color-orange-text)' : 'dimmed'}
          className={textStyles.wrap}
        >
          {note}
        </Text>
      ))}
      {names.kind === 'as-requested' && leftOut.length > 0 && (
        <Checkbox
          mt={6}
          size="xs"
          label={`Issue without: ${leftOut.join(', ')}`}
          checked={names.withoutUnsupported}
          onChange={(event) => onChange({ ...names, withoutUnsupported: event.currentTarget.checked })}
        />
      )}
    </>
  )
}

/** Where the name comes from, and so how closely to look at it. */
function NameOrigin({ one }: { one: ReviewEntry }) {
  if (isRenamed(one)) return <Badge color="indigo">changed by you</Badge>
  if (one.request.listed !== null) return <Badge color="teal">from your list</Badge>
  if (one.first.kind === 'decided') return <Badge color="orange">requester’s name, by your template</Badge>
  return <Badge color="orange">as the requester wrote it</Badge>
}
