import { Button, Text, TextInput, Title } from '@mantine/core'
import { IconEye, IconRefresh, IconWorld } from '@tabler/icons-react'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { parseAddress } from '#shared/logic/address'
import type { SiteCheck as Checked } from '#shared/model/site-check'
import { call } from '../../api'
import { ErrorNotice } from '../../components/ErrorNotice'
import { ExpiringLine } from '../../components/ExpiringLine'
import { useJob } from '../../components/JobProgress'
import { focusFirstFault } from '../../components/SubmitButton'
import { SiteAnswer } from './SiteAnswer'
import styles from './SiteCheck.module.css'
import { StartWays } from './StartWays'

/** One question, "Paste the address that refuses you", and what Latchkey finds out about that site. */
export function SiteCheck() {
  const field = useRef<HTMLInputElement>(null)
  const [address, setAddress] = useState('')
  const [isSent, setSent] = useState(false)
  const [found, setFound] = useState<Checked | null>(null)
  const { job, error, run } = useJob()
  const parsed = parseAddress(address)

  useEffect(() => field.current?.focus(), [])

  async function check(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    setSent(true)
    if (!parsed.ok) return focusFirstFault(event.currentTarget)
    setFound(null)
    setFound(await run((id) => call('connections.check', { address, job: id })))
  }

  const isAsking = found === null
  return (
    <div className={styles.screen}>
      <div className={isAsking ? styles.question : styles.answer}>
        <ExpiringLine place="certificates" />
        {isAsking && (
          <div className={styles.centred}>
            <Title order={1}>Paste the address that refuses you</Title>
            <Text c="dimmed">Latchkey finds out which certificate the site wants, and whether you have it.</Text>
          </div>
        )}
        <form className={styles.form} onSubmit={(event) => void check(event)} noValidate>
          <TextInput
            ref={field}
            className={styles.field}
            size="md"
            aria-label="Site that refuses you"
            placeholder="https://grafana.acme.example"
            leftSection={<IconWorld size={19} aria-hidden />}
            value={address}
            maxLength={4096}
            spellCheck={false}
            error={isSent && !parsed.ok ? parsed.reason : null}
            onChange={(event) => {
              setSent(false)
              setAddress(event.currentTarget.value)
            }}
          />
          {job === null ? (
            <Button
              type="submit"
              size="md"
              variant={isAsking ? 'filled' : 'default'}
              leftSection={isAsking ? null : <IconRefresh size={17} aria-hidden />}
            >
              {isAsking ? 'Check' : 'Check again'}
            </Button>
          ) : (
            <Button size="md" variant="default" onClick={() => void call('jobs.cancel', { job })}>
              Cancel
            </Button>
          )}
        </form>
        {isAsking && (
          <Text size="sm" c="dimmed" className={styles.promise} role="status">
            {job === null ? <IconEye size={15} aria-hidden /> : null}
            {job === null
              ? 'Latchkey only opens the site’s public page. No certificate is presented.'
              : 'Looking at the site, without a certificate…'}
          </Text>
        )}
        {error !== null && <ErrorNotice error={error} />}
        {isAsking && job === null && <StartWays />}
        {found !== null && <SiteAnswer check={found} />}
      </div>
    </div>
  )
}
