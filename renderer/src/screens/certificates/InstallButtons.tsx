import { ActionIcon, Button, Group, Menu, Text } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useState } from 'react'
import { quoted } from '#shared/logic/isolate'
import { shortName } from '#shared/logic/naming'
import type { IdentitySummary } from '#shared/model/identity'
import type { StoreState, Trust } from '#shared/model/store'
import { useAction } from '../../api'
import { ConfirmModal } from '../../components/ConfirmModal'
import { ErrorNotice } from '../../components/ErrorNotice'
import textStyles from '../../components/text.module.css'

interface InstallButtonsProps {
  store: StoreState
  summary: IdentitySummary
  /** The same button stands above, as what to do next; here are the other ways alone. */
  isOffered: boolean
}

/** "Install" does the safe thing; the other choices are one click further away. */
export function InstallButtons({ store, summary, isOffered }: InstallButtonsProps) {
  const install = useAction('installs.install')
  const [isTrusting, setTrusting] = useState(false)
  const otherWays = `Other ways to install in ${store.name}`
  const input = (trust: Trust) => ({ identity: summary.id, store: store.id, trust })
  if (!summary.keyInVault) {
    return (
      <Text size="sm" c="dimmed">
        Latchkey does not have the private key, so it cannot be installed here.
      </Text>
    )
  }
  return (
    <>
      <Group gap={4}>
        {!isOffered && (
          <Button
            size="xs"
            variant="light"
            loading={install.isPending}
            aria-label={`Install in ${store.name}`}
            onClick={() => install.mutate(input('certificate'))}
          >
            Install
          </Button>
        )}
        <Menu>
          <Menu.Target>
            {isOffered ? (
              <Button
                size="xs"
                variant="light"
                rightSection={<IconChevronDown size={16} aria-hidden />}
                aria-label={otherWays}
              >
                Other ways to install
              </Button>
            ) : (
              <ActionIcon variant="light" size={30} aria-label={otherWays}>
                <IconChevronDown size={16} aria-hidden />
              </ActionIcon>
            )}
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => install.mutate(input('none'))}>Install without trust</Menu.Item>
            {!summary.practice && (
              <Menu.Item onClick={() => setTrusting(true)}>Install and trust the issuer…</Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      </Group>
      {install.error !== null && <ErrorNotice error={install.error} />}
      <TrustIssuer
        opened={isTrusting}
        onClose={() => setTrusting(false)}
        onConfirm={() => install.mutateAsync(input('authority'))}
        issuer={summary.issuer === null ? null : shortName(summary.issuer)}
      />
    </>
  )
}

interface TrustProps {
  issuer: string | null
  opened: boolean
  onClose(): void
  onConfirm(): Promise<unknown>
}

/** Always a separate choice, with its consequence spelled out. */
function TrustIssuer({ issuer, ...modal }: TrustProps) {
  return (
    <ConfirmModal
      {...modal}
      title="Trust the whole issuer?"
      action="Install and trust the issuer"
      understood="I trust whoever holds the issuer’s key with all my connections."
    >
      <Text className={textStyles.wrap}>
        Whoever holds the key of {issuer === null ? 'this issuer (CA)' : quoted(issuer)} could then pretend to be any
        site to you. Signing in with your certificate does not need this.
      </Text>
      <Text>Do it only if your administrator asks for it and tells you why.</Text>
    </ConfirmModal>
  )
}
