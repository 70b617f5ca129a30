import { Code, Stack, Text, Title } from '@mantine/core'
import type { AuthoritySummary } from '#shared/model/authority'
import layout from '../../../components/layout.module.css'
import { ChooseFiles } from '../../../import/ChooseFiles'
import { keepRequests } from '../../../import/requests'
import { useNavigation } from '../../../navigation'
import issuerPage from '../issuer-page.module.css'
import { KeyForOther } from './KeyForOther'
import { OwnRequest } from './OwnRequest'

/** Where the requests come from: files and lists, or this app itself. */
export function ChooseRequests({ issuer }: { issuer: AuthoritySummary }) {
  const { go } = useNavigation()
  return (
    <div className={issuerPage.body}>
      <Stack gap="md" maw={760}>
        <section className={layout.card} aria-label="From requests">
          <Stack gap="sm">
            <Title order={2}>From requests that people sent</Title>
            <Text size="sm" c="dimmed">
              Choose one request (CSR) or a whole folder of them. Next you compare the key codes and decide which name
              each certificate gets. Nothing is signed before that.
            </Text>
            <ChooseFiles
              label="Choose requests or a list"
              folder="Choose a folder"
              hint=".csr .pem .p10 .csv, or drop them anywhere, or paste their text."
              accept=".csr,.pem,.p10,.der,.req,.csv,.txt"
              onFiles={(sources) => go({ screen: 'authorities', requests: keepRequests(sources) })}
            />
            <Text size="sm" c="dimmed">
              A list (CSV) says which name each request gets, so you do not have to type them. Choose it together with
              the requests. Its first line names the columns, for example <Code>csr,common_name,emails,key_code</Code>:{' '}
              <Code>csr</Code> holds the name of a request’s file.
            </Text>
          </Stack>
        </section>
        <OwnRequest issuer={issuer} />
        {issuer.hasKey && <KeyForOther issuer={issuer} />}
      </Stack>
    </div>
  )
}
