import { ActionIcon, Checkbox, Tooltip } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconCircleX, IconPencil } from '@tabler/icons-react'
import { quoted } from '#shared/logic/isolate'
import textStyles from '../../../components/text.module.css'
import styles from './issue.module.css'
import { differingGroups } from './key-code-comparison'
import { canBeSigned, type Decision, type ReviewEntry, subjectWords, willBeSigned } from './request-review'
import { useNamesake } from './use-namesake'

interface RowProps {
  one: ReviewEntry
  onDecide(change: Partial<Decision>): void
  /** Everything about it, and its names to change. */
  onOpen(): void
}

/** One request in one line: whose it is, its key, and whether a key code confirmed it. */
export function ReviewRow({ one, onDecide, onOpen }: RowProps) {
  const { request, decision } = one
  const isWrong = !canBeSigned(one)
  const name = subjectWords(request, decision)
  return (
    <article className={styles.row} aria-label={request.source} data-wrong={isWrong || undefined}>
      <Checkbox
        size="xs"
        aria-label={`Sign ${request.source}`}
        checked={willBeSigned(one)}
        disabled={isWrong}
        onChange={(event) => onDecide({ isChecked: event.currentTarget.checked })}
      />
      <span className={`${styles.file} ${styles.cut}`} title={request.source}>
        {request.source}
      </span>
      <span className={`${styles.name} ${styles.cut}`} title={name}>
        {name}
      </span>
      <span className={`${styles.key} ${styles.cut}`} title={request.publicKey}>
        {request.publicKey}
      </span>
      <span className={`${styles.code} ${textStyles.mono}`}>{request.keyCode}</span>
      <span className={styles.state}>
        <State one={one} />
      </span>
      <ActionIcon variant="subtle" color="gray" aria-label={`Look at ${request.source}`} onClick={onOpen}>
        <IconPencil size={16} aria-hidden />
      </ActionIcon>
    </article>
  )
}

/** The most serious thing that is known about it. */
function State({ one }: { one: ReviewEntry }) {
  const { request, comparison, problem } = one
  const namesake = useNamesake(one)
  if (comparison.kind === 'differs')
    return (
      <span className={styles.bad} title={`The code given was ${comparison.said}`}>
        <IconAlertTriangle size={16} aria-hidden />
        <span
          className={styles.cut}
          title={`${request.listedKeyCode === comparison.said ? 'List' : 'Ticket'} says ${comparison.said}`}
        >
          {request.listedKeyCode === comparison.said ? 'List' : 'Ticket'} says{' '}
          <DifferingCode said={comparison.said} own={request.keyCode} />
        </span>
      </span>
    )
  if (problem !== null)
    return (
      <span className={styles.bad}>
        <IconCircleX size={16} aria-hidden />
        <span className={styles.cut} title={problem}>
          {problem}
        </span>
      </span>
    )
  return (
    <>
      {comparison.kind === 'matches' ? (
        <span className={styles.good}>
          <IconCircleCheck size={16} aria-hidden />
          Matches
        </span>
      ) : (
        <span className={styles.open}>No code yet</span>
      )}
      {namesake !== null && (
        <Tooltip label={`${quoted(namesake.commonName)} already has a certificate with another key.`}>
          <span className={styles.warning} role="img" aria-label="This name already has a certificate">
            <IconAlertTriangle size={16} aria-hidden />
          </span>
        </Tooltip>
      )}
    </>
  )
}

function DifferingCode({ said, own }: { said: string; own: string }) {
  return (
    <span className={textStyles.mono}>
      {differingGroups(said, own).map(({ group, isOther }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the groups of a code never move
        <span key={index}>
          {index > 0 && '-'}
          {isOther ? <u>{group}</u> : group}
        </span>
      ))}
    </span>
  )
}
