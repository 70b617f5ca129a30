import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { IconDownload, IconFileImport, IconMail, IconRubberStamp, IconSchool } from '@tabler/icons-react'
import { quoted } from '#shared/logic/isolate'
import { isCurrent } from '#shared/logic/issuers'
import type { IdentityDetail } from '#shared/model/identity'
import { call, useAction, useAnswer } from '../../api'
import { CopyButton } from '../../components/CopyButton'
import { ErrorNotice } from '../../components/ErrorNotice'
import layout from '../../components/layout.module.css'
import { SaveResult } from '../../components/SaveResult'
import textStyles from '../../components/text.module.css'
import { useImport } from '../../import/import-context'
import { useNavigation } from '../../navigation'

/** The request is made; now it has to reach whoever signs it, and the answer has to come back. */
export function SendRequest({ detail: { summary } }: { detail: IdentityDetail }) {
  const { choose } = useImport()
  const identity = summary.id
  const mail = useAction('identities.mailRequest')
  const save = useAction('identities.saveRequest')

  async function message(): Promise<string> {
    const { subject, body } = await call('identities.message', { identity })
    return `${subject}\n\n${body}`
  }

  return (
    <section className={layout.next} aria-label="What to do next">
      <Stack gap="sm">
        <div>
          <Text fw={650}>Your private key stays here; send only this request.</Text>
          <Text size="sm" c="dimmed">
            Send it to whoever issues certificates in your organisation.
          </Text>
        </div>
        <Group gap="xs">
          <CopyButton variant="filled" label="Copy the message" text={message} />
          <Button
            size="xs"
            variant="default"
            leftSection={<IconMail size={16} aria-hidden />}
            loading={mail.isPending}
            onClick={() => mail.mutate({ identity })}
          >
            Open in e-mail
          </Button>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconDownload size={16} aria-hidden />}
            loading={save.isPending}
            onClick={() => save.mutate({ identity })}
          >
            Save request
          </Button>
        </Group>
        <Group gap={6}>
          <Text size="sm">Send the key code separately, in a ticket, chat or call:</Text>
          <Group gap={6} wrap="nowrap">
            <Text size="sm" className={textStyles.mono}>
              {summary.keyCode}
            </Text>
            <CopyButton iconOnly label="Copy the key code" text={`${summary.name}: ${summary.keyCode}`} />
          </Group>
        </Group>
        <SaveResult save={save} />
        {mail.error !== null && <ErrorNotice error={mail.error} />}
        <Group gap="xs">
          <Text size="sm">Certificate arrived? Drop it anywhere, paste it, or</Text>
          <Button
            size="xs"
            variant="light"
            leftSection={<IconFileImport size={16} aria-hidden />}
            onClick={() => void choose()}
          >
            Open the file
          </Button>
        </Group>
        <OwnIssuer />
        <PracticeIssuer identity={identity} />
      </Stack>
    </section>
  )
}

/** Offered only while the practice site runs. */
function PracticeIssuer({ identity }: { identity: string }) {
  const { data: lab } = useAnswer('lab.state', undefined)
  const issue = useAction('lab.issue')
  if (lab?.running !== true) return null
  return (
    <>
      <Alert color="gray" icon={<IconSchool aria-hidden />}>
        <Group justify="space-between">
          <Text size="sm">The practice site is running. Its issuer can sign this request, for practice only.</Text>
          <Button size="xs" variant="default" loading={issue.isPending} onClick={() => issue.mutate({ identity })}>
            Sign it for practice
          </Button>
        </Group>
      </Alert>
      {issue.error !== null && <ErrorNotice error={issue.error} />}
    </>
  )
}

/** Offered only to somebody who has an issuer. */
function OwnIssuer() {
  const { go } = useNavigation()
  const { data: issuers } = useAnswer('authorities.list', undefined)
  const own = issuers?.find((issuer) => isCurrent(issuer) && (!issuer.isRoot || issuer.signer !== null))
  if (own === undefined) return null
  return (
    <Alert color="gray" icon={<IconRubberStamp aria-hidden />}>
      <Group justify="space-between">
        <Text size="sm">Your own issuer {quoted(own.name)} can sign this request.</Text>
        <Button
          size="xs"
          variant="default"
          onClick={() => go({ screen: 'authorities', issuer: own.id, issuerView: 'issue', requests: null })}
        >
          Sign it yourself
        </Button>
      </Group>
    </Alert>
  )
}
