import { Button, FileButton, Group, Select, Stack, Switch, Text } from '@mantine/core'
import { useState } from 'react'
import { countOf, formatDateTime } from '#shared/logic/formatting'
import { quoted, withIsolatedNames } from '#shared/logic/isolate'
import { compareReports } from '#shared/logic/report/compare'
import type { Host } from '#shared/model/host'
import type { ProbeReport } from '#shared/model/probe'
import { useAnswer } from '../../../api'
import { CompareTable } from './CompareTable'
import { readReportFile } from './report-file'

/** This report beside another of the site, or one from a file that somebody has sent. */
export function CompareTab({ report, host }: { report: ProbeReport; host: Host }) {
  const { data } = useAnswer('connections.reports', { host: host.id, page: { limit: 200 } })
  const [chosen, setChosen] = useState<string | null>(null)
  const kept = useAnswer('connections.report', { report: chosen ?? '' }, { enabled: chosen !== null })
  const [file, setFile] = useState<{ name: string; report: ProbeReport | null } | null>(null)
  const others = data?.rows.filter(({ id }) => id !== report.id) ?? []
  const other = file === null ? kept.data : file.report

  async function open(picked: File | null) {
    if (picked === null) return
    setChosen(null)
    setFile({ name: picked.name, report: await readReportFile(picked, report.address) })
  }

  return (
    <Stack gap="md">
      <Group align="flex-end" gap="sm">
        <Select
          label="Compare with"
          placeholder={others.length === 0 ? 'No other test of this site' : 'An earlier test'}
          disabled={others.length === 0}
          data={others.map(({ id, startedAt, verdict }) => ({
            value: id,
            label: `${formatDateTime(startedAt)} · ${withIsolatedNames(verdict.sentence)}`,
          }))}
          value={chosen}
          searchable={others.length > 8}
          nothingFoundMessage="No results"
          flex="1 1 260px"
          onChange={(id) => {
            setFile(null)
            setChosen(id)
          }}
        />
        <FileButton accept="application/json,.json" onChange={(picked) => void open(picked)}>
          {(props) => (
            <Button variant="default" {...props}>
              Report file…
            </Button>
          )}
        </FileButton>
      </Group>
      {file !== null && (
        <Text size="sm" role="status">
          {file.report === null
            ? `${quoted(file.name)} is not a report of a connection test.`
            : `From ${quoted(file.name)}`}
        </Text>
      )}
      {other !== undefined && other !== null && <Comparison reports={[report, other]} />}
    </Stack>
  )
}

/** The earlier one on the left, whichever was opened first. */
function Comparison({ reports }: { reports: [ProbeReport, ProbeReport] }) {
  const [isWhole, setWhole] = useState(false)
  const [first, second] = reports[0].startedAt <= reports[1].startedAt ? reports : [reports[1], reports[0]]
  const { sections, differences } = compareReports(first, second)
  const shown = sections
    .map(({ title, facts }) => ({ title, facts: facts.filter(({ differs }) => isWhole || differs) }))
    .filter(({ facts }) => facts.length > 0)
  return (
    <>
      <Group justify="space-between">
        <Text size="sm" fw={600}>
          {differences === 0 ? 'No differences.' : `${countOf(differences, 'difference')}. Times are not compared.`}
        </Text>
        <Switch
          size="sm"
          label="Also show what is the same"
          checked={isWhole}
          onChange={(event) => setWhole(event.currentTarget.checked)}
        />
      </Group>
      {shown.map(({ title, facts }) => (
        <CompareTable
          key={title}
          term={title}
          columns={[formatDateTime(first.startedAt), formatDateTime(second.startedAt)]}
          rows={facts.map((fact) => ({ ...fact, without: fact.first, with: fact.second }))}
        />
      ))}
    </>
  )
}
