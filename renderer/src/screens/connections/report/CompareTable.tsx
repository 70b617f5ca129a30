import { Octets } from '../../../components/Octets'
import textStyles from '../../../components/text.module.css'
import styles from './CompareTable.module.css'
import type { ComparisonRow } from './compare-headers'

interface CompareTableProps {
  term: string
  /** The headings of the two sides. */
  columns?: [string, string]
  rows: ComparisonRow[]
  isMono?: boolean
}

/** One row for each thing, one column for each side. */
export function CompareTable({ term, columns = ['Without', 'With'], rows, isMono = false }: CompareTableProps) {
  const cell = isMono ? textStyles.mono : undefined
  return (
    <table className={styles.compare}>
      <thead>
        <tr>
          <th scope="col">{term}</th>
          <th scope="col">{columns[0]}</th>
          <th scope="col">{columns[1]}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.name} data-differs={row.differs}>
            <th scope="row">{row.name}</th>
            <td className={cell}>{lines(row.without)}</td>
            <td className={cell}>{lines(row.with)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const lines = (value: string | null) => (
  <span className={textStyles.lines}>
    <Octets text={value ?? '–'} />
  </span>
)
