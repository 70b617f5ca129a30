import type { ReactNode } from 'react'
import styles from './DialogButtons.module.css'

/** At the foot of a dialog, in sight however much is above them; the main one last. */
export function DialogButtons({ children }: { children: ReactNode }) {
  return <div className={styles.buttons}>{children}</div>
}
