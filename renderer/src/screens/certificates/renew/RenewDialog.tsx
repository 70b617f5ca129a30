import { Radio, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { endTitle } from '#shared/logic/expiring/words'
import { quoted } from '#shared/logic/isolate'
import type { IdentityDetail } from '#shared/model/identity'
import type { RenewalKey } from '#shared/model/renewal'
import { AskForm } from '../../../components/AskForm'
import { ErrorNotice } from '../../../components/ErrorNotice'
import { OpenModal } from '../../../components/OpenModal'
import { useRenew } from './use-renew'
import { RenewalSteps } from './WhatRenewDoes'

interface DialogProps {
  detail: IdentityDetail
  now: Date
  onClose(): void
}

/** Renew, with the choice of the key; a new one unless the person insists. */
export function RenewDialog({ detail, now, onClose }: DialogProps) {
  const { summary } = detail
  const [key, setKey] = useState<RenewalKey>('new')
  const renew = useRenew(summary.id, onClose)
  return (
    <OpenModal onClose={onClose} title={`Renew ${quoted(summary.name)}`}>
      <AskForm action="Renew" isReady isBusy={renew.isPending} onSubmit={() => renew.run(key)} onCancel={onClose}>
        {summary.notAfter !== null && <Text size="sm">{endTitle(summary.notAfter, now)}.</Text>}
        <RenewalSteps detail={detail} renewalKey={key} />
        <Radio.Group label="Key" value={key} onChange={(value) => setKey(value === 'same' ? 'same' : 'new')}>
          <Stack gap="xs" mt="xs">
            <Radio value="new" label={`A new key, ${summary.algorithm}`} description="Recommended." />
            <Radio
              value="same"
              label="The same key"
              disabled={!summary.keyInVault}
              description={
                summary.keyInVault
                  ? 'Only where something is tied to this key. Whoever has a copy of it keeps getting in.'
                  : 'Latchkey does not have this key.'
              }
            />
          </Stack>
        </Radio.Group>
        {renew.error !== null && <ErrorNotice error={renew.error} />}
      </AskForm>
    </OpenModal>
  )
}
