import { Alert, Checkbox, List, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconShieldCheck, IconShieldQuestion } from '@tabler/icons-react'
import { useState } from 'react'
import { countOf, formatDateTime, formatFingerprint } from '#shared/logic/formatting'
import { isolated, quoted } from '#shared/logic/isolate'
import { NAME_PLACE } from '#shared/logic/name-rules'
import { setupFileWords } from '#shared/logic/setup-file'
import type { SetupContent, SetupReview } from '#shared/model/setup-file'
import { useAction } from '../api'
import { AskForm } from '../components/AskForm'
import { algorithmName } from '../components/algorithms'
import { ErrorNotice } from '../components/ErrorNotice'
import { Facts, Mono } from '../components/Facts'
import textStyles from '../components/text.module.css'
import { useNavigation } from '../navigation'
import { useImport } from './import-context'

interface UseSetupFileProps {
  file: Uint8Array<ArrayBuffer>
  review: SetupReview
}

/** Who signed a set-up file and what it would fill in, before anything happens. */
export function UseSetupFile({ file, review: { content, key, standing, known } }: UseSetupFileProps) {
  const { close } = useImport()
  const { go, openRequest } = useNavigation()
  const [isCompared, setCompared] = useState(false)
  const use = useAction('setup.use')
  const isUnverified = standing === 'unverified'
  const added = content.sites.length - known.length

  const agree = () =>
    use.mutate(
      { file, compared: isUnverified ? key.code : null },
      {
        onSuccess: () => {
          close()
          if (asksForRequest(content)) openRequest(content)
          else go({ screen: 'connections' })
          if (added > 0)
            notifications.show({
              color: 'teal',
              title: `${countOf(added, 'site')} added.`,
              message: 'Nothing was tested yet.',
            })
        },
      },
    )

  return (
    <AskForm
      action="Continue"
      isReady={!isUnverified || isCompared}
      isBusy={use.isPending}
      onSubmit={agree}
      onCancel={close}
    >
      {isUnverified ? (
        <Alert color="orange" icon={<IconShieldQuestion aria-hidden />} title="Not verified yet">
          <Text size="sm">
            Anybody can write that a file is from {quoted(content.from)}. Ask your administrator for the code of their
            key, in a call or in person. Do not take it from the message that the file came with.
          </Text>
          <Text fw={650} mt="xs">
            <span className={textStyles.mono}>{key.code}</span>
          </Text>
        </Alert>
      ) : (
        <Alert color="teal" icon={<IconShieldCheck aria-hidden />}>
          <Text size="sm">{setupFileWords[standing]}</Text>
        </Alert>
      )}
      <SetupFacts content={content} known={known} />
      <Text size="sm" c="dimmed">
        It only fills in: nothing is trusted, installed or tested by it, and you can change everything afterwards.
      </Text>
      {isUnverified && (
        <Checkbox
          label="My administrator told me this code"
          description="Latchkey remembers the key, and does not ask for it again."
          checked={isCompared}
          onChange={(event) => setCompared(event.currentTarget.checked)}
        />
      )}
      {use.error !== null && <ErrorNotice error={use.error} />}
    </AskForm>
  )
}

const asksForRequest = ({ commonName, keyType, contact, issuers }: SetupContent): boolean =>
  commonName !== null || keyType !== null || contact !== null || issuers.length > 0

function SetupFacts({ content, known }: { content: SetupContent; known: string[] }) {
  const { from, madeAt, sites, commonName, keyType, contact, issuers } = content
  return (
    <Facts
      facts={[
        ['From', isolated(from)],
        ['Made', formatDateTime(madeAt)],
        ['Sites', sites.length === 0 ? null : <Sites key="sites" sites={sites} known={known} />],
        ['Common Name', commonName === null ? null : isolated(commonName.replaceAll(NAME_PLACE, '(your full name)'))],
        ['Key type', keyType === null ? null : algorithmName(keyType)],
        ['Request goes to', contact === null ? null : isolated(contact)],
        ['Issuer (CA), SHA-256', issuers.length === 0 ? null : <Issuers key="issuers" issuers={issuers} />],
      ]}
    />
  )
}

function Sites({ sites, known }: { sites: string[]; known: string[] }) {
  return (
    <List size="sm" listStyleType="none">
      {sites.map((site) => (
        <List.Item key={site} className={textStyles.wrap}>
          {site}
          {known.includes(site) && ' (already in your list)'}
        </List.Item>
      ))}
    </List>
  )
}

function Issuers({ issuers }: { issuers: string[] }) {
  return (
    <List size="sm" listStyleType="none">
      {issuers.map((sha256) => (
        <List.Item key={sha256}>
          <Mono text={formatFingerprint(sha256)} />
        </List.Item>
      ))}
    </List>
  )
}
