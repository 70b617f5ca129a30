import type { ComparedRow } from './compare-headers'

interface CompareTableProps {
  term: string
  rows: ComparedRow[]
  isMono?: boolean
}

/** One row for each thing, one column for each side. */
export function CompareTable({ term, rows, isMono = false }: CompareTableProps) {
  const cell = isMono ? 'mono' : undefined
  return (
    <table className="compare">
      <thead>
        <tr>
          <th scope="col">{term}</th>
          <th scope="col">Without</th>
          <th scope="col">With</th>
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

const lines = (value: string | null) => <span className="lines">{value ?? '–'}</span>
