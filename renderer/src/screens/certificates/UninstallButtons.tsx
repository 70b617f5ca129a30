import { Button, Group, List, Text } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { formatAgo, formatDate, formatFingerprint } from '#shared/logic/formatting'
import { quoted } from '#shared/logic/isolate'
import { neutralise } from '#shared/logic/neutralise'
import { trustForUndo } from '#shared/logic/removal'
import type { IdentitySummary } from '#shared/model/identity'
import type { CertificateInStore, Install } from '#shared/model/store'
import { call, useAction } from '../../api'
import { ConfirmModal } from '../../components/ConfirmModal'
import { ErrorNotice } from '../../components/ErrorNotice'
import { Octets } from '../../components/Octets'
import textStyles from '../../components/text.module.css'
import { offerUndo } from '../../components/undo-notice'
import { useNow } from '../../components/use-now'

/** Removes a certificate from a store, after a look at what is there and a question: for the store's button and the palette. */
export function useUninstall(summary: IdentitySummary): {
  ask(install: Install): void
  isLooking: boolean
  error: unknown
  dialog: ReactNode
} {
  const look = useAction('installs.check')
  const remove = useAction('installs.remove')
  const [removing, setRemoving] = useState<Install | null>(null)

  async function removeIt(install: Install) {
    const trust = trustForUndo(summary, install, await remove.mutateAsync({ install: install.id }))
    if (trust === null) return
    const again = { identity: summary.id, store: install.store, trust }
    offerUndo(`${quoted(summary.name)} is removed from ${install.storeName}.`, () => call('installs.install', again))
  }

  return {
    ask: ({ id }) => look.mutate({ install: id }, { onSuccess: setRemoving }),
    isLooking: look.isPending,
    error: look.error,
    dialog: removing !== null && (
      <ConfirmModal
        title={`Remove ${quoted(summary.name)} from ${removing.storeName}?`}
        action="Remove"
        opened
        onClose={() => setRemoving(null)}
        onConfirm={() => removeIt(removing)}
      >
        <RemovalList install={removing} />
        <Text>
          {summary.keyInVault
            ? 'Latchkey keeps its own copy, so you can install it again at any time.'
            : 'Latchkey has no copy of this key: it will be gone for good.'}
        </Text>
      </ConfirmModal>
    ),
  }
}

export function UninstallButtons({ install, summary }: { install: Install; summary: IdentitySummary }) {
  const check = useAction('installs.check')
  const uninstall = useUninstall(summary)
  const now = useNow()

  return (
    <>
      <Group gap="xs">
        <Button
          size="xs"
          variant="default"
          loading={check.isPending}
          aria-label={`Check again in ${install.storeName}`}
          onClick={() => check.mutate({ install: install.id })}
        >
          Check again
        </Button>
        <Button
          size="xs"
          variant="default"
          loading={uninstall.isLooking}
          aria-label={`Remove… from ${install.storeName}`}
          onClick={() => uninstall.ask(install)}
        >
          Remove…
        </Button>
        <Text size="xs" c="dimmed">
          Seen there {formatAgo(install.checkedAt, now)}
        </Text>
      </Group>
      {check.error !== null && <ErrorNotice error={check.error} />}
      {uninstall.error !== null && <ErrorNotice error={uninstall.error} />}
      {uninstall.dialog}
    </>
  )
}

/** As it was read when the question was asked. Every certificate is named: one that nobody expected may be among them. */
function RemovalList({ install: { storeName, certificates, keyPresent } }: { install: Install }) {
  if (certificates.length === 0 && !keyPresent)
    return <Text>Nothing of it is left in {storeName}. Only Latchkey’s record of it is removed.</Text>
  const their = certificates.length === 1 ? 'its' : 'their'
  return (
    <>
      <Text>This will be removed from {storeName}:</Text>
      <List>
        {certificates.map((certificate) => (
          <List.Item key={certificate.sha256}>
            <StoredCertificate certificate={certificate} />
          </List.Item>
        ))}
        {keyPresent && <List.Item>{certificates.length === 0 ? 'the private key' : `${their} private key`}</List.Item>}
        {certificates.length > 0 && (
          <List.Item>the trust that was set for {certificates.length === 1 ? 'it' : 'them'}</List.Item>
        )}
      </List>
      {certificates.length > 1 && <Text>They all belong to the same key, and none can be used without it.</Text>}
    </>
  )
}

function StoredCertificate({ certificate: { name, notAfter, sha256, recorded } }: { certificate: CertificateInStore }) {
  return (
    <>
      the certificate {quoted(neutralise(name))}
      {notAfter !== null && `, valid until ${formatDate(notAfter)}`}
      <Text size="xs" c="dimmed" className={textStyles.wrap}>
        SHA-256 <Octets text={`${formatFingerprint(sha256.slice(0, 16))}…`} />
        {!recorded && ' · Latchkey has no record of installing this one'}
      </Text>
    </>
  )
}
