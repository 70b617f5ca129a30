import { Modal, type ModalProps } from '@mantine/core'
import { useReturnFocus } from './use-return-focus'

/** A window that is open for as long as it is on the page. */
export function OpenModal(props: Omit<ModalProps, 'opened'>) {
  useReturnFocus()
  return <Modal opened {...props} />
}
