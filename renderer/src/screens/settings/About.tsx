import { Alert, Button, Group, Text } from '@mantine/core'
import { IconExternalLink, IconFileText, IconInfoCircle, IconLicense } from '@tabler/icons-react'
import { updateChannelNames } from '#shared/logic/update-words'
import type { HelpLink } from '#shared/model/app'
import { call, useAction, useAnswer } from '../../api'
import { CopyButton } from '../../components/CopyButton'
import { ErrorNotice } from '../../components/ErrorNotice'
import { Facts, Mono } from '../../components/Facts'
import { useNoticedAction } from '../../components/failure-notice'
import { Section } from './Section'

export function About() {
  const { data: info, error } = useAnswer('app.info', undefined)
  const { data: updates } = useAnswer('updates.state', undefined)
  const open = useAction('app.openLink')
  const showLog = useNoticedAction('app.showLog', 'The log was not opened.')
  const showLicences = useNoticedAction('app.showLicences', 'The licences were not opened.')
  const link = (to: HelpLink, label: string) => (
    <Button
      size="xs"
      variant="default"
      leftSection={<IconExternalLink size={16} aria-hidden />}
      onClick={() => open.mutate({ link: to })}
    >
      {label}
    </Button>
  )
  return (
    <Section title="About Latchkey" place="about">
      {(error ?? open.error) !== null && <ErrorNotice error={error ?? open.error} />}
      {info !== undefined && (
        <>
          {info.trialRuntime && (
            <Alert color="orange" icon={<IconInfoCircle aria-hidden />} title="This is the trial runtime">
              <Text size="sm">
                Set-up could not download the current Electron and uses an older one instead. Use it to try and test
                Latchkey, not every day. Run set-up again where downloads are possible.
              </Text>
            </Alert>
          )}
          <Facts
            facts={[
              ['Version', info.version],
              ['Electron', info.electron],
              ['Chromium', info.chromium],
              ['Node', info.node],
              ['Data folder', <Mono key="folder" text={info.dataFolder} />],
              ['Updates', updates === undefined ? null : updateChannelNames[updates.channel]],
            ]}
          />
          <Group gap="xs">
            {link('access-mtls', 'Cloudflare’s walkthrough')}
            <CopyButton
              label="Copy diagnostic report"
              text={async () => (await call('app.diagnostics', undefined)).text}
            />
            <Button
              size="xs"
              variant="default"
              leftSection={<IconFileText size={16} aria-hidden />}
              onClick={() => showLog.mutate(undefined)}
            >
              Show log
            </Button>
            {info.hasLicences && (
              <Button
                size="xs"
                variant="default"
                leftSection={<IconLicense size={16} aria-hidden />}
                onClick={() => showLicences.mutate(undefined)}
              >
                Licences
              </Button>
            )}
          </Group>
        </>
      )}
    </Section>
  )
}
