import { Group, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import type { ProbeReport } from '#shared/model/probe'
import { CopyButton } from '../../../components/CopyButton'
import { SearchField } from '../../../components/SearchField'
import { CompareTable } from './CompareTable'
import { compareHeaders, headersText } from './compare-headers'

/** Every header of both answers in one table; what differs stands out. */
export function HeadersTab({ report }: { report: ProbeReport }) {
  const [search, setSearch] = useState('')
  const rows = compareHeaders(report.without, report.with)
  const wanted = search.trim().toLowerCase()
  const shown = rows.filter((row) =>
    `${row.name} ${row.without ?? ''} ${row.with ?? ''}`.toLowerCase().includes(wanted),
  )
  if (rows.length === 0) return <Text c="dimmed">There are no headers: neither connection was answered.</Text>
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <SearchField label="Search headers" value={search} onChange={setSearch} />
        <CopyButton label="Copy headers" text={headersText(shown)} />
      </Group>
      {shown.length === 0 ? <Text c="dimmed">No results</Text> : <CompareTable term="Header" rows={shown} isMono />}
      <Text size="sm" c="dimmed">
        Bold where the two differ. Cookie values and tokens are hidden.
      </Text>
    </Stack>
  )
}
