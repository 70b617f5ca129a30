import { Button, Menu } from '@mantine/core'
import { IconChevronDown, IconFlask, IconPlugOff } from '@tabler/icons-react'
import { isPracticeAccount } from '#shared/model/access-account'
import type { AccessOverview } from '#shared/model/access-screen'
import { useNoticedAction } from '../../../components/failure-notice'
import { useAreas } from '../../../components/use-areas'
import { useStore } from '../../../store'
import { AddAlert } from './AddAlert'
import { AddCa } from './AddCa'
import { Block } from './Block'
import { Forwarding } from './Forwarding'
import { Hostnames } from './Hostnames'
import { OpenPlanFile } from './OpenPlanFile'
import { ProtectSite } from './ProtectSite'
import { RequireCertificate } from './RequireCertificate'
import { RollOver } from './RollOver'
import { openWish, type Wish } from './wish-store'

const wishes: { wish: Wish; label: string }[] = [
  { wish: 'protect', label: 'Protect a site…' },
  { wish: 'add-ca', label: 'Add a CA…' },
  { wish: 'hostnames', label: 'Add or remove hostnames of a CA…' },
  { wish: 'roll-over', label: 'Roll a CA over…' },
  { wish: 'certificate', label: 'Let certificates in to an application…' },
  { wish: 'forwarding', label: 'Certificate forwarding…' },
  { wish: 'block', label: 'Block certificates now…' },
  { wish: 'alert', label: 'Add an expiry alert…' },
  { wish: 'file', label: 'Open a plan file…' },
]

/** Every change begins as a plan. */
export function WishMenu({ overview }: { overview: AccessOverview }) {
  const open = useStore(openWish)
  const disconnect = useNoticedAction('cloudflare.disconnect', 'The account was not disconnected.')
  const practise = useNoticedAction('cloudflare.practise', 'The account was not changed.')
  const isPractice = isPracticeAccount(overview.account)
  const { practice } = useAreas()
  const onClose = () => openWish.set(null)
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button size="xs" px={10} rightSection={<IconChevronDown size={16} aria-hidden />}>
            Plan a change
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {wishes.map(({ wish, label }) => (
            <Menu.Item key={wish} onClick={() => openWish.set({ wish, issuer: null })}>
              {label}
            </Menu.Item>
          ))}
          <Menu.Divider />
          {(isPractice || !practice.isHidden) && (
            <Menu.Item
              leftSection={<IconFlask size={16} aria-hidden />}
              onClick={() => practise.mutate({ isOn: !isPractice })}
            >
              {isPractice ? 'Leave the practice account' : 'Use the practice account'}
            </Menu.Item>
          )}
          {!isPractice && (
            <Menu.Item leftSection={<IconPlugOff size={16} aria-hidden />} onClick={() => disconnect.mutate(undefined)}>
              Disconnect
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {open?.wish === 'add-ca' && <AddCa issuer={open.issuer} onClose={onClose} />}
      {open?.wish === 'hostnames' && <Hostnames overview={overview} onClose={onClose} />}
      {open?.wish === 'certificate' && <RequireCertificate overview={overview} onClose={onClose} />}
      {open?.wish === 'forwarding' && <Forwarding overview={overview} onClose={onClose} />}
      {open?.wish === 'block' && <Block onClose={onClose} />}
      {open?.wish === 'roll-over' && (
        <RollOver overview={overview} old={open.ca ?? null} issuer={open.issuer} onClose={onClose} />
      )}
      {open?.wish === 'alert' && <AddAlert onClose={onClose} />}
      {open?.wish === 'file' && <OpenPlanFile onClose={onClose} />}
      {open?.wish === 'protect' && <ProtectSite overview={overview} issuer={open.issuer} onClose={onClose} />}
    </>
  )
}
