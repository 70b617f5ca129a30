import { Group, SegmentedControl, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { commandFor, type Tool, tools } from '#shared/logic/report/commands'
import type { Host } from '#shared/model/host'
import type { ProbeReport } from '#shared/model/probe'
import { CopyButton } from '../../../components/CopyButton'
import textStyles from '../../../components/text.module.css'
import styles from './PageTab.module.css'

const names: Record<Tool, string> = {
  curl: 'curl',
  'curl-windows': 'curl (Windows)',
  node: 'Node',
  python: 'Python',
  postman: 'Postman',
}

const hints: Record<Tool, string> = {
  curl: 'Export the certificate as PEM and put the two files where the command runs.',
  'curl-windows': 'Put the thumbprint of the installed certificate in the place of THUMBPRINT.',
  node: 'Export the certificate as PEM and put the two files where the program runs.',
  python: 'Export the certificate as PEM and put the two files where the program runs.',
  postman: 'Export the certificate as PEM first.',
}

/** The same request for other programs. Keys stand there by the names of their files only. */
export function CommandsTab({ report, host }: { report: ProbeReport; host: Host }) {
  const [tool, setTool] = useState<Tool>('curl')
  const files = report.identity === null ? null : { certificate: 'client.pem', key: 'client.key' }
  const proxy = (report.with?.proxy ?? report.without.proxy)?.address ?? null
  const command = commandFor(tool, { host, files, proxy })
  return (
    <Stack gap="sm">
      <SegmentedControl
        aria-label="Program"
        w="fit-content"
        data={tools.map((value) => ({ value, label: names[value] }))}
        value={tool}
        onChange={(value) => setTool(tools.find((one) => one === value) ?? 'curl')}
      />
      {command === null ? (
        <Text size="sm">The address holds a character that cannot be written safely in a command.</Text>
      ) : (
        <>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long command is scrolled by keyboard */}
          <pre className={`${textStyles.pem} ${textStyles.mono} ${styles.text}`} tabIndex={0}>
            {command}
          </pre>
          <Group gap="sm">
            <CopyButton label={`Copy as ${names[tool]}`} text={command} />
            {files !== null && (
              <Text size="sm" c="dimmed">
                {hints[tool]}
              </Text>
            )}
          </Group>
        </>
      )}
    </Stack>
  )
}
