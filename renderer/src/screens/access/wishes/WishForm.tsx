import type { ReactNode } from 'react'
import { AskForm } from '../../../components/AskForm'
import { OpenModal } from '../../../components/OpenModal'
import { type Intent, usePlanner } from '../plan/use-planner'

interface WishFormProps {
  title: string
  /** Null until the form is complete. */
  intent: Intent | null
  onClose(): void
  /** Where that is more than to close it. */
  onCancel?(): void
  /** Before its page is shown. */
  onPlanned?(): void
  children: ReactNode
}

/** Questions that end in a plan. Nothing is changed before that was seen. */
export function WishForm({ title, intent, onClose, onCancel = onClose, onPlanned, children }: WishFormProps) {
  const { plan, status, isBusy } = usePlanner()
  const send = async () => {
    if (intent === null || !(await plan(intent))) return
    onPlanned?.()
    onClose()
  }
  return (
    <OpenModal onClose={onClose} title={title} size="lg" closeOnClickOutside={false}>
      {isBusy ? (
        status
      ) : (
        <AskForm action="Plan this change" isReady={intent !== null} onSubmit={() => void send()} onCancel={onCancel}>
          {children}
          {status}
        </AskForm>
      )}
    </OpenModal>
  )
}
