import { Text, Textarea } from '@mantine/core'
import { useState } from 'react'
import { accessLimits } from '#shared/logic/access/limits'
import { WishForm } from './WishForm'
import { faultOfNames, namesIn } from './wish-input'

export function Block({ onClose }: { onClose(): void }) {
  const [text, setText] = useState('')
  const names = namesIn(text)
  const fault = faultOfNames(names, accessLimits.blockedNames)
  return (
    <WishForm
      title="Block certificates now"
      intent={names.length === 0 || fault !== null ? null : { kind: 'block', names }}
      onClose={onClose}
    >
      <Textarea
        label="Names"
        description="The Common Names, one in each line."
        autosize
        minRows={2}
        maxRows={8}
        value={text}
        error={fault}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Text size="sm" c="dimmed">
        Access reads no revocation list. So each Allow and Service Auth policy excludes one group with these names.
        Bypass lets them in as before. A replacement with the same name stays blocked: give it a new name.
      </Text>
    </WishForm>
  )
}
