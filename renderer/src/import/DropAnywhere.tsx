import { Text } from '@mantine/core'
import { IconFileImport } from '@tabler/icons-react'
import { useEffect, useLayoutEffect, useState } from 'react'
import { useAnswer } from '../api'
import { arrivals } from './arrivals'
import styles from './DropAnywhere.module.css'
import { useImport } from './import-context'
import { takesMore } from './importer'

/** The whole window takes files, and text with a certificate in it. */
export function DropAnywhere() {
  const { state, receive } = useImport()
  // Before the back end has answered nobody knows whether the keys are locked, and what is taken then would be interrupted.
  const hasAnswered = useAnswer('vault.state', undefined).data !== undefined
  useLayoutEffect(() => (hasAnswered ? arrivals.takeWith(receive) : undefined), [hasAnswered, receive])
  // What arrived while other files were being read.
  useEffect(() => {
    if (takesMore(state)) arrivals.offer()
  }, [state])
  return <DropTarget />
}

/** Says that a drop will be taken while something is dragged over the window. */
function DropTarget() {
  const [isOver, setOver] = useState(false)
  useEffect(() => {
    const over = () => setOver(true)
    const drop = () => setOver(false)
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false)
    }
    window.addEventListener('dragover', over)
    window.addEventListener('dragleave', leave)
    window.addEventListener('drop', drop)
    return () => {
      window.removeEventListener('dragover', over)
      window.removeEventListener('dragleave', leave)
      window.removeEventListener('drop', drop)
    }
  }, [])

  if (!isOver) return null
  return (
    <div className={styles.veil}>
      <div>
        <IconFileImport size={36} aria-hidden />
        <Text fw={600}>Drop it anywhere</Text>
        <Text c="dimmed" size="sm">
          .pem .crt .der .p7b .p12 .pfx .csr
        </Text>
      </div>
    </div>
  )
}
