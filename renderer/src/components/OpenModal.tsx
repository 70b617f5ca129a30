import { Modal, type ModalProps } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { useReturnFocus } from './return-focus'

interface OpenModalProps extends Omit<ModalProps, 'opened' | 'returnFocus'> {
  /** What it is about: when that changes while it is open, its new first field or main button gets the focus. */
  about?: string
}

/** A window that is open for as long as it is on the page. It starts in its first field, and gives the focus back. */
export function OpenModal({ about = '', children, ...props }: OpenModalProps) {
  useReturnFocus()
  return (
    <Modal opened returnFocus={false} {...props}>
      <FocusStart about={about} />
      {children}
    </Modal>
  )
}

const field = 'input:not([type="hidden"], [type="file"], :disabled), textarea:not(:disabled)'
/** Where nothing is marked: the first field, else the button that does it, else the first one. */
const starts = [
  '[data-autofocus]',
  field,
  '[type="submit"]:not(:disabled)',
  '.mantine-Modal-body button:not(:disabled)',
]

/** Mantine moves the focus once, a moment later, to what is marked for it or else to the button that closes the window. */
function FocusStart({ about }: { about: string }) {
  const mark = useRef<HTMLSpanElement>(null)
  const shown = useRef<string | null>(null)
  useEffect(() => {
    const dialog = mark.current?.closest<HTMLElement>('[role="dialog"]') ?? null
    const start = startOf(dialog)
    const isFirst = shown.current === null
    shown.current = about
    if (start === null) return dialog === null ? () => undefined : focusOnceThere(dialog)
    const isMarked = start.hasAttribute('data-autofocus')
    if (!isMarked) start.setAttribute('data-autofocus', 'true')
    if (!isFirst) start.focus()
    return () => {
      if (!isMarked) start.removeAttribute('data-autofocus')
    }
  }, [about])
  return <span ref={mark} hidden />
}

function startOf(dialog: HTMLElement | null): HTMLElement | null {
  for (const selector of starts) {
    const found = dialog?.querySelector<HTMLElement>(selector) ?? null
    if (found !== null) return found
  }
  return null
}

/** What the window waits for comes later. Whoever has gone somewhere else in it meanwhile stays there. */
function focusOnceThere(dialog: HTMLElement): () => void {
  const watcher = new MutationObserver(() => {
    const start = startOf(dialog)
    if (start === null) return
    watcher.disconnect()
    const { activeElement } = document
    const isOnClose = activeElement?.matches('.mantine-Modal-close') === true
    if (activeElement === dialog || isOnClose || !dialog.contains(activeElement)) start.focus()
  })
  watcher.observe(dialog, { subtree: true, childList: true })
  return () => watcher.disconnect()
}
