import { Button, Menu } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import type { ProbeReport, ReportFileFormat } from '#shared/model/probe'
import { useAction } from '../../../api'
import { SaveResult } from '../../../components/SaveResult'

const formats: [ReportFileFormat, string][] = [
  ['html', 'As a page (HTML)'],
  ['json', 'As data (JSON)'],
  ['har', 'As an HTTP archive (HAR)'],
]

/** Nothing secret is in any of the files. */
export function SaveReport({ report }: { report: ProbeReport }) {
  const save = useAction('connections.saveReport')
  return (
    <>
      <Menu position="bottom-start">
        <Menu.Target>
          <Button size="xs" variant="default" leftSection={<IconDownload size={16} aria-hidden />}>
            Save report…
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {formats.map(([format, words]) => (
            <Menu.Item key={format} onClick={() => save.mutate({ report: report.id, format })}>
              {words}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <SaveResult save={save} />
    </>
  )
}
