import { MultiSelect, SegmentedControl, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { shortAddress } from '#shared/logic/address'
import { PolicySystem, policyPlaces } from '#shared/logic/browser-policy/places'
import { isolated } from '#shared/logic/isolate'
import { neutralise } from '#shared/logic/neutralise'
import type { IdentityDetail } from '#shared/model/identity'
import type { HostId } from '#shared/model/ids'
import { useAction, useAnswer } from '../../../api'
import { AskForm } from '../../../components/AskForm'
import { ErrorNotice } from '../../../components/ErrorNotice'
import { OpenModal } from '../../../components/OpenModal'
import { SaveResult } from '../../../components/SaveResult'
import { WhereItGoes } from './WhereItGoes'

interface BrowserPolicyProps {
  detail: IdentityDetail
  /** The Common Name of the issuer. */
  issuer: string
  /** Whose page it was opened from; otherwise those that the certificate works on are picked first. */
  site?: HostId
  onClose(): void
}

/** For whoever is asked at each visit which certificate to use: a policy file for an administrator. */
export function BrowserPolicy({ detail, issuer, site, onClose }: BrowserPolicyProps) {
  const { data: info } = useAnswer('app.info', undefined)
  const [chosen, setChosen] = useState<PolicySystem | null>(null)
  const system = chosen ?? systemOf(info?.platform)
  const { data: sites, error } = useAnswer('hosts.list', { limit: 1000 })
  const [picked, setPicked] = useState<HostId[] | null>(site === undefined ? null : [site])
  const save = useAction('installs.saveBrowserPolicy')
  const known = sites?.rows.filter(({ practice }) => !practice) ?? []
  const good = new Set(detail.tests.filter((test) => test.good).map(({ host }) => host))
  const hosts = picked ?? known.map(({ id }) => id).filter((id) => good.has(id))
  return (
    <OpenModal onClose={onClose} title="Stop the browser asking which certificate" size="lg">
      <AskForm
        action="Save policy…"
        isReady={hosts.length > 0}
        isBusy={save.isPending}
        onSubmit={() => save.mutate({ identity: detail.summary.id, hosts, system })}
        onCancel={onClose}
      >
        <Text size="sm">
          With this policy, Chrome, Chromium and Edge present a certificate of {isolated(neutralise(issuer))} on the
          sites below by themselves. It takes an administrator to set it.
        </Text>
        {error !== null && <ErrorNotice error={error} />}
        <Stack gap={4}>
          <Text size="sm" fw={500} id="policy-system">
            Browsers on
          </Text>
          <SegmentedControl
            aria-labelledby="policy-system"
            data={PolicySystem.options.map((value) => ({ value, label: policyPlaces[value].system }))}
            value={system}
            onChange={(value) => setChosen(PolicySystem.parse(value))}
            w="fit-content"
          />
        </Stack>
        <MultiSelect
          label="Sites"
          description="From your list of sites."
          searchable
          data={known.map((host) => ({ value: host.id, label: shortAddress(host) }))}
          value={hosts}
          onChange={(values) => setPicked(known.map(({ id }) => id).filter((id) => values.includes(id)))}
        />
        <WhereItGoes system={system} />
        <SaveResult save={save} />
      </AskForm>
    </OpenModal>
  )
}

function systemOf(platform: string | undefined): PolicySystem {
  if (platform === 'win32') return 'windows'
  return platform === 'darwin' ? 'macos' : 'linux'
}
