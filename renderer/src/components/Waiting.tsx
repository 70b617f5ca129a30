import { Loader, type LoaderProps } from '@mantine/core'
import styles from './Waiting.module.css'

/** Something is on its way. Most answers come before this is seen: what flashes up for a moment only disturbs. */
export function Waiting(props: Pick<LoaderProps, 'size' | 'm'>) {
  return <Loader {...props} className={styles.late} aria-label="Loading" />
}
