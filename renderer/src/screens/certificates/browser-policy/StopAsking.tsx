import { Button, Group } from '@mantine/core'
import { useState } from 'react'
import { isInstalled } from '#shared/logic/installed'
import type { IdentityDetail } from '#shared/model/identity'
import { BrowserPolicy } from './BrowserPolicy'
import { policyIssuer } from './policy-action'

/** Once it is installed, the next thing that people meet is the browser's question. */
export function StopAsking({ detail }: { detail: IdentityDetail }) {
  const [isOpen, setOpen] = useState(false)
  const issuer = policyIssuer(detail)
  if (issuer === null || !detail.installs.some((install) => isInstalled(install, detail.summary.sha256))) return null
  return (
    <>
      <Group mt="sm">
        <Button size="compact-sm" variant="subtle" onClick={() => setOpen(true)}>
          Stop the browser asking which certificate…
        </Button>
      </Group>
      {isOpen && <BrowserPolicy detail={detail} issuer={issuer} onClose={() => setOpen(false)} />}
    </>
  )
}
