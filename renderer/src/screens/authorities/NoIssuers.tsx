import { Button } from '@mantine/core'
import { IconRubberStamp } from '@tabler/icons-react'
import { EmptyScreen } from '../../components/EmptyScreen'
import { OffByPolicy, useRestriction } from '../../components/OffByPolicy'
import { useNavigation } from '../../navigation'
import { ways } from './issuer-setup-ways'

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
          ways.map(({ window, label, Icon }, index) => (
            <Button
              key={window}
              variant={index === 0 ? 'filled' : 'default'}
              leftSection={<Icon size={18} aria-hidden />}
              onClick={() => open(window)}
            >
              {label}
            </Button>
          ))
        )
      }
    >
      An issuer (CA) signs other people’s requests, and its signature is what Access trusts. Its key stays on this
      computer, behind a passphrase of its own. The three steps follow Cloudflare’s guide: a root, an intermediate for
      the daily work, and the chain file for Access.
    </EmptyScreen>
  )
}
