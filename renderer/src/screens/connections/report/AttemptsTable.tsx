import { Text } from '@mantine/core'
import { IconCheck, IconMinus, IconShieldCheck, IconX } from '@tabler/icons-react'
import { quoted } from '#shared/logic/isolate'
import { attemptFacts, type Side } from '#shared/logic/test/facts'
import type { Attempt } from '#shared/model/attempt'
import type { Host } from '#shared/model/host'
import type { NotTried, ProbeReport } from '#shared/model/probe'
import layout from '../../../components/layout.module.css'
import textStyles from '../../../components/text.module.css'
import styles from './AttemptsTable.module.css'
import { attemptWords } from './attempt-words'

const icons = { yes: IconCheck, no: IconX, none: IconMinus, shield: IconShieldCheck }
const colors = { yes: 'teal', no: 'red', none: undefined, shield: 'teal' } as const

interface Cell {
  sign: keyof typeof icons
  words: string
  /** The status line of an answer, or what else stands below. */
  detail?: string
}

/** Both attempts side by side, so that the row in which they differ is visible. */
export function AttemptsTable({ report, host }: { report: ProbeReport; host: Host }) {
  const isDemanded =
    attemptFacts(report.without, host, 'without').treatment === 'demanded' ||
    (report.with !== null && attemptFacts(report.with, host, 'with').treatment === 'demanded')
  const without = cellsOf(report.without, 'without', host, isDemanded)
  const presented = report.with === null ? null : cellsOf(report.with, 'with', host, isDemanded)
  const name = report.identityName === null ? 'With a certificate' : `With ${quoted(report.identityName)}`
  return (
    <section className={layout.card} aria-label="Both attempts">
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Attempt</th>
            <th scope="col">Without a certificate</th>
            <th scope="col" className={textStyles.wrap}>
              {name}
            </th>
          </tr>
        </thead>
        <tbody>
          {rowNames.map((row) => (
            <tr key={row}>
              <th scope="row">{row}</th>
              <td data-side="without">
                <CellWords cell={without[row]} />
              </td>
              {presented !== null ? (
                <td data-side="with">
                  <CellWords cell={presented[row]} />
                </td>
              ) : (
                row === firstRow && (
                  <td data-side="with" rowSpan={rowNames.length} className={styles.missing}>
                    <Text size="sm" c="dimmed">
                      Not tried. {whyNotTried[report.notTried ?? 'none-chosen']}
                    </Text>
                  </td>
                )
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

const whyNotTried: Record<NotTried, string> = {
  'none-chosen': 'Choose a certificate above and test again.',
  'no-connection': 'There was no connection to send your certificate over.',
  'server-untrusted': 'Your certificate was not shown to a server that cannot prove who it is.',
}

const rowNames = ['Reached', 'Identity', 'Asks for one', 'Sent', 'Answer'] as const
const [firstRow] = rowNames

type Row = (typeof rowNames)[number]

function CellWords({ cell: { sign, words, detail } }: { cell: Cell }) {
  const Icon = icons[sign]
  return (
    <div className={styles.cell} data-sign={colors[sign]}>
      <Icon size={16} aria-hidden />
      <span>
        {words}
        {detail !== undefined && <span className={styles.detail}>{detail}</span>}
      </span>
    </div>
  )
}

/** `isDemanded`: the server lets nobody in without one, as one of the attempts showed. */
function cellsOf(attempt: Attempt, side: Side, host: Host, isDemanded: boolean): Record<Row, Cell> {
  const { outcome, tls } = attempt
  const facts = attemptFacts(attempt, host, side)
  const { status, statusText, sentence, color } = attemptWords(attempt, side, host)
  const isReached = outcome.kind === 'answered' || tls !== null
  return {
    Reached: isReached ? { sign: 'yes', words: 'Yes' } : { sign: 'no', words: 'No' },
    Identity: identityCell(attempt),
    'Asks for one': askCell(facts.asked, isDemanded),
    Sent:
      side === 'without'
        ? { sign: 'none', words: 'None' }
        : { yes: { sign: 'yes' as const, words: 'Yes' }, no: { sign: 'no' as const, words: 'No' }, unknown: unseen }[
            facts.sent
          ],
    Answer: {
      sign: color === 'red' ? 'no' : color === 'teal' ? (side === 'without' ? 'shield' : 'yes') : 'none',
      words: sentence,
      ...detailOf(attempt, `${status} ${statusText}`.trim()),
    },
  }
}

/** The server's own words: its status line, or the alert that ended the handshake. */
function detailOf({ outcome, tls }: Attempt, status: string): Pick<Cell, 'detail'> {
  if (outcome.kind === 'answered') return { detail: status }
  const alert = tls?.alert ?? null
  return alert === null ? {} : { detail: quoted(alert.replaceAll('_', ' ')) }
}

const unseen: Cell = { sign: 'none', words: 'Cannot be seen' }

function identityCell({ tls }: Attempt): Cell {
  if (tls === null || tls.trust === 'unknown') return unseen
  switch (tls.trust) {
    case 'trusted':
      return { sign: 'yes', words: 'Trusted' }
    case 'pinned':
      return { sign: 'yes', words: 'You accepted its key' }
    case 'untrusted':
      return { sign: 'no', words: 'Not trusted' }
    case 'name-mismatch':
      return { sign: 'no', words: 'Made for another name' }
  }
}

function askCell(asked: 'yes' | 'no' | 'unknown', isDemanded: boolean): Cell {
  if (asked === 'unknown') return unseen
  if (asked === 'no') return { sign: 'none', words: 'No' }
  return { sign: 'yes', words: isDemanded ? 'Required' : 'Yes' }
}
