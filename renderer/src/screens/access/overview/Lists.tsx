import { Button, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { countOf, formatDate } from '#shared/logic/formatting'
import { isolated, withIsolatedNames } from '#shared/logic/isolate'
import type { AccessOverview } from '#shared/model/access-screen'
import styles from '../access.module.css'
import { openWish } from '../wishes/wish-store'

interface ListingProps {
  label: string
  columns: string[]
  rows: { key: string; cells: ReactNode[] }[]
  empty: string
}

/** A list of the account as a table. */
export function Listing({ label, columns, rows, empty }: ListingProps) {
  if (rows.length === 0) return <Text c="dimmed">{empty}</Text>
  return (
    <table className={styles.listing} aria-label={label}>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, cells }) => (
          <tr key={key}>
            {cells.map((cell, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the columns never move
              <td key={index}>{typeof cell === 'string' ? withIsolatedNames(cell) : cell}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

interface ListProps {
  overview: AccessOverview
}

export function CaList({ overview: { cas } }: ListProps) {
  const rows = cas.map(({ id, name, issuer, expiresOn, state, hostnames }) => ({
    key: id,
    cells: [
      name,
      issuer === null ? 'Not on this computer' : `Issuer ${issuer} here`,
      expiresOn === null ? 'Unknown' : `${formatDate(expiresOn)}${state === 'expired' ? ', expired' : ''}`,
      hostnames.length === 0
        ? 'None'
        : `${countOf(hostnames.length, 'hostname')}: ${hostnames.slice(0, 3).join(', ')}${hostnames.length > 3 ? ', …' : ''}`,
      <Button
        key="roll-over"
        size="compact-xs"
        variant="default"
        aria-label={`Roll over… ${isolated(name)}`}
        onClick={() => openWish.set({ wish: 'roll-over', issuer: null, ca: id })}
      >
        Roll over…
      </Button>,
    ],
  }))
  return (
    <Listing
      label="CAs"
      columns={['CA', 'Known as', 'Expires', 'Hostnames', 'Actions']}
      rows={rows}
      empty="No CA was uploaded to Access."
    />
  )
}

export function ApplicationList({ overview: { applications } }: ListProps) {
  const rows = applications.map(({ id, name, addresses, policies }) => ({
    key: id,
    cells: [name, addresses.join(', '), policies.map((one) => one.name ?? one.id).join(', ') || 'None'],
  }))
  return (
    <Listing
      label="Applications"
      columns={['Application', 'Addresses', 'Policies, in order']}
      rows={rows}
      empty="No applications"
    />
  )
}

export function PolicyList({ overview: { policies } }: ListProps) {
  const rows = policies.map(({ id, name, words, usedBy }) => ({
    key: id,
    cells: [name ?? id, words, usedBy.join(', ') || 'Not used'],
  }))
  return <Listing label="Policies" columns={['Policy', 'Who', 'Used by']} rows={rows} empty="No policies" />
}

export function GroupList({ overview: { groups } }: ListProps) {
  if (groups === null) return <Text c="dimmed">The token may not read rule groups.</Text>
  const rows = groups.map(({ id, name, words }) => ({ key: id, cells: [name, words] }))
  return <Listing label="Rule groups" columns={['Rule group', 'Who']} rows={rows} empty="No rule groups" />
}
