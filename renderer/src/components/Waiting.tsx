import { Loader, type LoaderProps } from '@mantine/core'
import styles from './Waiting.module.css'

/** Shown after a short delay while something loads: most answers come before it, and a flash would distract. */
export function Waiting(props: Pick<LoaderProps, 'size' | 'm'>) {
  return <Loader {...props} className={styles.late} aria-label="Loading" data-waiting />
}

/** Where nothing is shown while something loads; tests see by it that the page is not complete. */
export const UnseenWaiting = () => <span hidden data-waiting />
