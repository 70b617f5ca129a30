import { Button } from '@mantine/core'
import { IconCloudLock } from '@tabler/icons-react'
import { useState } from 'react'
import { EmptyScreen } from '../../components/EmptyScreen'
import { useNoticedAction } from '../../components/failure-notice'
import { useAreas } from '../../components/use-areas'
import styles from './access.module.css'
import { Connect } from './Connect'
import { UnfinishedProtections } from './protect/UnfinishedProtections'

export function NotConnected() {
  const [isOpen, setOpen] = useState(false)
  const practise = useNoticedAction('cloudflare.practise', 'The practice account was not opened.')
  const { practice } = useAreas()
  return (
    <>
      <EmptyScreen
        icon={<IconCloudLock size={30} aria-hidden />}
        title="See who gets in"
        actions={
          <>
            <Button onClick={() => setOpen(true)}>Connect to Cloudflare…</Button>
            {!practice.isHidden && (
              <Button variant="default" loading={practise.isPending} onClick={() => practise.mutate({ isOn: true })}>
                Practise without an account
              </Button>
            )}
          </>
        }
      >
        Latchkey reads hostnames, CAs, applications and policies of Access in your Cloudflare account and says in words
        who gets in. It needs an API token that may read. Nothing is changed without a plan that you have seen.
        <UnfinishedProtections account={null} className={styles.apart} />
      </EmptyScreen>
      {isOpen && <Connect onClose={() => setOpen(false)} />}
    </>
  )
}
