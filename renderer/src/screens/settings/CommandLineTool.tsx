import { Button, Group, Text } from '@mantine/core'
import { useAction, useAnswer } from '../../api'
import { CopyButton } from '../../components/CopyButton'
import { ErrorNotice } from '../../components/ErrorNotice'
import { Mono } from '../../components/Facts'
import { Section } from './Section'

/** What makes the folder one in which terminals look, in the file that macOS' shell reads when it starts for a login. */
const pathLine = 'export PATH="$HOME/.local/bin:$PATH"'

/** A Mac's package contains the command, and terminals find it once it is linked. */
export function CommandLineTool() {
  const { data: info } = useAnswer('app.info', undefined)
  return info?.hasCommandTool === true ? <Link /> : null
}

function Link() {
  const query = useAnswer('desktop.commandTool', undefined, { refetchOnMount: 'always' })
  const change = useAction('desktop.setCommandTool')
  const failure = query.error ?? change.error
  const tool = change.data ?? query.data
  const set = (isOn: boolean) => change.mutate({ isOn }, { onSettled: () => void query.refetch() })
  return (
    <Section
      title="Command-line tool"
      intro="The command latchkey does the same from a terminal. Installing it adds a link and needs no administrator."
      place="command-tool"
    >
      {tool !== undefined && tool.path === null && (
        <Group>
          <Button size="xs" variant="default" loading={change.isPending} onClick={() => set(true)}>
            Install command-line tool
          </Button>
        </Group>
      )}
      {tool !== undefined && tool.path !== null && (
        <>
          <Text size="sm" role="status">
            Installed as <Mono text={tool.path} />
          </Text>
          {!tool.isOnPath && (
            <>
              <Text size="sm">
                A terminal finds it once this line is in <Mono text="~/.zprofile" />: <Mono text={pathLine} />
              </Text>
              <Group>
                <CopyButton label="Copy this line" text={pathLine} />
              </Group>
            </>
          )}
          <Group>
            <Button size="xs" variant="default" loading={change.isPending} onClick={() => set(false)}>
              Remove command-line tool
            </Button>
          </Group>
        </>
      )}
      {failure !== null && <ErrorNotice error={failure} />}
    </Section>
  )
}
