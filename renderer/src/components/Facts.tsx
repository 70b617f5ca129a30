import type { ReactNode } from 'react'
import { Fragment } from 'react'
import styles from './Facts.module.css'
import { Octets } from './Octets'
import textStyles from './text.module.css'

export type Fact = [term: ReactNode, value: ReactNode]

/** Terms and values in two columns; what is null is left out. */
export function Facts({ facts }: { facts: Fact[] }) {
  return (
    <dl className={styles.facts}>
      {facts.map(([term, value], index) =>
        value === null || value === '' ? null : (
          // biome-ignore lint/suspicious/noArrayIndexKey: the order of the facts never changes
          <Fragment key={index}>
            <dt>{term}</dt>
            <dd>{value}</dd>
          </Fragment>
        ),
      )}
    </dl>
  )
}

/** A value that is compared letter by letter: octets stay in one piece, and a line ends between two of them. */
export function Mono({ text }: { text: string }) {
  return (
    <span className={`${textStyles.mono} ${text.includes(':') ? textStyles.octets : ''}`}>
      <Octets text={text} />
    </span>
  )
}
