import { Button, Select, Stack, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { formatAddress } from '#shared/logic/address'
import type { StoredCertificate } from '#shared/model/stored'
import { call, useRows } from '../../../api'
import layout from '../../../components/layout.module.css'
import { useNavigation } from '../../../navigation'
import { startTest } from '../../connections/running-tests'

/** As the browser, which uses the key where it is. */
export function TestStored({ stored: { certificate, testable } }: { stored: StoredCertificate }) {
  const { go } = useNavigation()
  const { rows } = useRows('hosts.list', '')
  const [chosen, setChosen] = useState<string | null>(null)
  const host = chosen ?? rows[0]?.id ?? null

  function test(id: string) {
    void startTest({ host: id, identity: null, mode: 'browser' }, ({ job }) =>
      call('connections.testStored', { host: id, sha256: certificate.sha256, job }),
    )
    go({ screen: 'connections', host: id, report: null })
  }

  return (
    <section className={layout.card} aria-label="Test">
      <Title order={3} mb="sm">
        Test
      </Title>
      {!testable && (
        <Text size="sm">
          Latchkey cannot test with it: the engine of its tests does not read this store, or the key is not there. Try
          it in the browser itself.
        </Text>
      )}
      {testable && host === null && (
        <Stack gap="sm" align="flex-start">
          <Text size="sm">Add a site first. Latchkey then tests it as the browser does, with this certificate.</Text>
          <Button size="xs" variant="default" onClick={() => go({ screen: 'connections', host: null })}>
            Go to Sites
          </Button>
        </Stack>
      )}
      {testable && host !== null && (
        <Stack gap="sm" align="flex-start">
          <Select
            label="Site"
            w="100%"
            allowDeselect={false}
            searchable
            data={rows.map((row) => ({ value: row.id, label: formatAddress(row) }))}
            value={host}
            onChange={setChosen}
          />
          <Button size="xs" variant="light" onClick={() => test(host)}>
            Test as the browser
          </Button>
        </Stack>
      )}
    </section>
  )
}
