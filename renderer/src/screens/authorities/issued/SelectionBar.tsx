import { Button, Checkbox, Group } from '@mantine/core'
import { useState } from 'react'
import { formatCount } from '#shared/logic/formatting'
import type { AuthoritySummary, IssuedCertificate } from '#shared/model/authority'
import { call, useAction } from '../../../api'
import { ErrorNotice } from '../../../components/ErrorNotice'
import { SaveResult } from '../../../components/SaveResult'
import styles from './issued.module.css'
import { RenewSeveral } from './RenewSeveral'
import { RevokeSeveral } from './RevokeSeveral'
import type { IssuedQuery } from './use-issued'
import type { IssuedSelection } from './use-issued-selection'

/** As the contract bounds it. */
const MAX_SELECTED = 10_000
const MAX_PAGE = 1000

interface BarProps {
  issuer: AuthoritySummary
  selection: IssuedSelection
  /** How many the list shows. */
  total: number
  /** Why not all of them could be selected. */
  error: unknown
}

/** Above the list: what is selected, and what can be done with it. */
export function SelectionBar({ issuer, selection, total, error }: BarProps) {
  const [asking, setAsking] = useState<'renew' | 'revoke' | null>(null)
  const save = useAction('authorities.saveIssuedList')
  const { rows } = selection
  const count = rows.length
  const canRevoke = rows.some(({ status }) => status !== 'revoked' && status !== 'expired')
  const canRenew = issuer.hasKey && rows.some(({ status }) => status !== 'revoked')

  const close = () => setAsking(null)
  const done = () => {
    close()
    selection.clear()
  }
  return (
    <>
      <Group className={styles.selection} gap="xs" role="group" aria-label="Selected certificates">
        <Checkbox
          size="xs"
          label={count === 0 ? selectWords(total) : `${formatCount(count)} selected`}
          checked={count > 0 && count >= Math.min(total, MAX_SELECTED)}
          indeterminate={count > 0 && count < Math.min(total, MAX_SELECTED)}
          disabled={total === 0}
          onChange={() => (count > 0 ? selection.clear() : selection.all())}
        />
        {count > 0 && (
          <>
            <Button size="compact-xs" variant="default" disabled={!canRenew} onClick={() => setAsking('renew')}>
              Renew…
            </Button>
            <Button
              size="compact-xs"
              variant="default"
              loading={save.isPending}
              onClick={() => save.mutate({ certificates: rows.map(({ sha256 }) => sha256) })}
            >
              Export CSV…
            </Button>
            <Button
              size="compact-xs"
              variant="light"
              color="red"
              disabled={!canRevoke}
              onClick={() => setAsking('revoke')}
            >
              Revoke…
            </Button>
            <SaveResult save={save} />
          </>
        )}
        {error !== null && <ErrorNotice error={error} />}
      </Group>
      {asking === 'renew' && <RenewSeveral rows={rows} issuer={issuer} onClose={close} onDone={done} />}
      {asking === 'revoke' && <RevokeSeveral rows={rows} issuer={issuer} onClose={close} onDone={done} />}
    </>
  )
}

const selectWords = (total: number): string =>
  total > MAX_SELECTED ? `Select the first ${formatCount(MAX_SELECTED)}` : `Select all (${formatCount(total)})`

/** As many of them as can be selected at once. */
export async function allOf(query: IssuedQuery, total: number): Promise<IssuedCertificate[]> {
  const rows: IssuedCertificate[] = []
  const wanted = Math.min(total, MAX_SELECTED)
  for (let offset = 0; offset < wanted; offset += MAX_PAGE) {
    const limit = Math.min(MAX_PAGE, wanted - offset)
    rows.push(...(await call('authorities.issued', { ...query, offset, limit })).rows)
  }
  return rows
}
