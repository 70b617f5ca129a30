import { List, Select, Text } from '@mantine/core'
import { useState } from 'react'
import type { AccessOverview } from '#shared/model/access-screen'
import { CaField, caChoice, noCa } from './CaField'
import { WishForm } from './WishForm'

interface RollOverProps {
  overview: AccessOverview
  /** The CA to be replaced, where it was chosen already. */
  old: string | null
  /** The issuer here that takes its place, where it was chosen already. */
  issuer: string | null
  onClose(): void
}

/** The first stage of a roll-over. What comes after it is on a page of its own. */
export function RollOver({ overview: { cas }, old, issuer, onClose }: RollOverProps) {
  const [chosen, setChosen] = useState(old)
  const [typed, setTyped] = useState(noCa(issuer))
  const ca = caChoice(typed)
  const isSame = ca?.kind === 'uploaded' && ca.ca === chosen
  const isReady = chosen !== null && ca !== null && !isSame
  return (
    <WishForm
      title="Roll a CA over"
      intent={isReady ? { kind: 'roll-over', old: chosen, ca, stage: 'overlap' } : null}
      onClose={onClose}
    >
      <Select
        label="CA to replace"
        placeholder="Choose a CA"
        allowDeselect={false}
        data={cas.map(({ id, name }) => ({ value: id, label: name }))}
        value={chosen}
        onChange={setChosen}
      />
      <CaField label="New CA" typed={typed} uploaded={cas.filter(({ id }) => id !== chosen)} onChange={setTyped} />
      <Text size="sm">Four steps. Each change is a plan of its own:</Text>
      <List size="sm" type="ordered">
        <List.Item>The new CA joins the old one on all of its hostnames. Nobody loses access.</List.Item>
        <List.Item>A certificate of each CA is tested on every hostname.</List.Item>
        <List.Item>The old CA is taken off its hostnames. Its certificates stop working there.</List.Item>
        <List.Item>The old CA is deleted, once nothing uses it.</List.Item>
      </List>
    </WishForm>
  )
}
