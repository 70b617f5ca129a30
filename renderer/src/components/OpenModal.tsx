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

/** Mantine moves the focus once, to what is marked for it or else to the button that closes the window. */
function FocusStart({ about }: { about: string }) {
  const mark = useRef<HTMLSpanElement>(null)
  const shown = useRef<string | null>(null)
  useEffect(() => {
    const dialog = mark.current?.closest('[role="dialog"]')
    const start = dialog?.querySelector<HTMLElement>('[data-autofocus]') ?? dialog?.querySelector<HTMLElement>(field)
    if (shown.current === null) start?.setAttribute('data-autofocus', 'true')
    else if (shown.current !== about) start?.focus()
    shown.current = about
  }, [about])
  return <span ref={mark} hidden />
}
