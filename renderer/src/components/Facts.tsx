import type { ReactNode } from 'react'
import { Fragment } from 'react'
import styles from './Facts.module.css'
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
  const octets = text.split(/(?<=:)/u)
  return (
    <span className={`${textStyles.mono} ${octets.length > 1 ? textStyles.octets : ''}`}>
      {octets.map((octet, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the octets of a number never move
        <Fragment key={index}>
          {index > 0 && <wbr />}
          {octet}
        </Fragment>
      ))}
    </span>
  )
}
