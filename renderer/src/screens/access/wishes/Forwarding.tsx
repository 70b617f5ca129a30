import { Select, Switch } from '@mantine/core'
import { useState } from 'react'
import type { AccessOverview } from '#shared/model/access-screen'
import { WishForm } from './WishForm'

export function Forwarding({ overview: { rows }, onClose }: { overview: AccessOverview; onClose(): void }) {
  const hostnames = [...new Map(rows.filter(({ cas }) => cas.length > 0).map((row) => [row.hostname, row])).values()]
  const [hostname, setHostname] = useState<string | null>(null)
  const current = hostnames.find((row) => row.hostname === hostname)?.forwarding ?? false
  const [chosen, setChosen] = useState<boolean | null>(null)
  const isOn = chosen ?? current
  const intent = hostname === null || isOn === current ? null : ({ kind: 'set-forwarding', hostname, isOn } as const)
  return (
    <WishForm title="Certificate forwarding" intent={intent} onClose={onClose}>
      <Select
        label="Hostname"
        placeholder="Choose a hostname"
        searchable
        allowDeselect={false}
        data={hostnames.map((row) => row.hostname)}
        value={hostname}
        onChange={(value) => {
          setHostname(value)
          setChosen(null)
        }}
      />
      <Switch
        label="Send the certificate on to the site in a header"
        description="The site gets it with the first request of each connection only. Other hostnames stay as they are."
        checked={isOn}
        disabled={hostname === null}
        onChange={(event) => setChosen(event.currentTarget.checked)}
      />
    </WishForm>
  )
}
