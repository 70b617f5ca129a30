import { Button, Menu } from '@mantine/core'
import { IconChevronDown, IconRubberStamp } from '@tabler/icons-react'
import { EmptyScreen } from '../../components/EmptyScreen'
import { OffByPolicy, useRestriction } from '../../components/OffByPolicy'
import { useNavigation } from '../../navigation'
import { ways } from './issuer-setup-ways'

const [usual, ...others] = ways

export function NoIssuers() {
  const { open } = useNavigation()
  const isOff = useRestriction('issuing') !== null
  return (
    <EmptyScreen
      icon={<IconRubberStamp size={30} aria-hidden />}
      title="Issue certificates yourself"
      actions={
        isOff ? (
          <OffByPolicy what="issuing" label="No issuer is made on this computer" />
        ) : (
          <>
            <Button leftSection={<usual.Icon size={18} aria-hidden />} onClick={() => open(usual.window)}>
              {usual.label}
            </Button>
            <Menu position="bottom-end">
              <Menu.Target>
                <Button variant="subtle" rightSection={<IconChevronDown size={16} aria-hidden />}>
                  Other ways
                </Button>
              </Menu.Target>
              <Menu.Dropdown>
                {others.map(({ window, label, Icon }) => (
                  <Menu.Item key={window} leftSection={<Icon size={16} aria-hidden />} onClick={() => open(window)}>
                    {label}
                  </Menu.Item>
                ))}
              </Menu.Dropdown>
            </Menu>
          </>
        )
      }
    >
      An issuer (CA) signs other people’s requests, and its signature is what Access trusts. Its key stays on this
      computer, behind a passphrase of its own. The three steps follow Cloudflare’s guide: a root, an intermediate for
      the daily work, and the chain file for Access.
    </EmptyScreen>
  )
}
