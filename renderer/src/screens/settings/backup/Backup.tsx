import { Button, Group } from '@mantine/core'
import { useState } from 'react'
import { formatDateTime } from '#shared/logic/formatting'
import type { BackupState } from '#shared/model/backup'
import { useAnswer } from '../../../api'
import { Answered } from '../../../components/Answered'
import { ErrorNotice } from '../../../components/ErrorNotice'
import { Facts } from '../../../components/Facts'
import { OffByPolicy, useRestriction } from '../../../components/OffByPolicy'
import { OpenModal } from '../../../components/OpenModal'
import { Section } from '../Section'
import { MakeBackup } from './MakeBackup'
import { useChooseBackup } from './use-choose-backup'

/** One encrypted file with everything that a person would miss. */
export function Backup() {
  const query = useAnswer('backup.state', undefined)
  return (
    <Section
      title="Backup"
      place="backup"
      intro="One encrypted file with your certificates, their private keys, your sites and their history. API tokens, trust and the keys you agreed to for servers are not in it."
    >
      <Answered query={query} keepsData>
        {(state) => (
          <>
            <Facts facts={[['Last backup', state.madeAt === null ? 'None yet' : formatDateTime(state.madeAt)]]} />
            <BackupButtons state={state} />
          </>
        )}
      </Answered>
    </Section>
  )
}

function BackupButtons({ state }: { state: BackupState }) {
  const [isMaking, setMaking] = useState(false)
  const { choose, error } = useChooseBackup()
  const isOff = useRestriction('backup') !== null
  return (
    <>
      <OffByPolicy what="backup" label="No backup is made on this computer" />
      {error !== null && <ErrorNotice error={error} />}
      <Group>
        {!isOff && (
          <Button
            variant={state.madeAt === null && state.keys > 0 ? 'light' : 'default'}
            onClick={() => setMaking(true)}
          >
            Back up…
          </Button>
        )}
        <Button variant="default" onClick={() => void choose()}>
          Restore…
        </Button>
      </Group>
      {isMaking && (
        <OpenModal title="Back up" onClose={() => setMaking(false)}>
          <MakeBackup state={state} onDone={() => setMaking(false)} />
        </OpenModal>
      )}
    </>
  )
}
