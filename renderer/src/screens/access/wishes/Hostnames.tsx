import { MultiSelect, Select } from '@mantine/core'
import { useState } from 'react'
import type { AccessOverview } from '#shared/model/access-screen'
import { HostnamesField } from './HostnamesField'
import { WishForm } from './WishForm'
import { faultOfHostnames, hostnamesIn } from './wish-input'

export function Hostnames({ overview: { cas }, onClose }: { overview: AccessOverview; onClose(): void }) {
  const [id, setId] = useState<string | null>(cas[0]?.id ?? null)
  const [text, setText] = useState('')
  const [remove, setRemove] = useState<string[]>([])
  const ca = cas.find((one) => one.id === id)
  const add = hostnamesIn(text)
  const isReady = ca !== undefined && faultOfHostnames(add) === null && add.length + remove.length > 0
  const intent = isReady ? ({ kind: 'set-hostnames', ca: ca.id, add, remove } as const) : null
  return (
    <WishForm title="Hostnames of a CA" intent={intent} onClose={onClose}>
      <Select
        label="CA"
        allowDeselect={false}
        data={cas.map((one) => ({ value: one.id, label: one.name }))}
        value={id}
        onChange={(value) => {
          setId(value)
          setRemove([])
        }}
      />
      <HostnamesField label="Add" value={text} onChange={setText} />
      <MultiSelect
        label="Remove"
        description="Certificates of this CA stop working there."
        searchable
        data={ca?.hostnames ?? []}
        value={remove}
        onChange={setRemove}
      />
    </WishForm>
  )
}
