import { Modal, type ModalProps } from '@mantine/core'
import { useEffect, useState } from 'react'

/** A window that is open for as long as it is on the page. */
export function OpenModal(props: Omit<ModalProps, 'opened'>) {
  useReturnFocus()
  return <Modal opened {...props} />
}

/** Whatever had the focus before this came has it again when this is gone. */
export function useReturnFocus(): void {
  const [before] = useState(() => document.activeElement)
  useEffect(
    () => () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    },
    [before],
  )
}
