import { Button } from '@mantine/core'
import { IconFileImport, IconListNumbers, IconPlugConnected, IconPlus, IconRubberStamp } from '@tabler/icons-react'
import { EmptyScreen } from '../../components/EmptyScreen'
import { useNavigation } from '../../navigation'

export function NoIssuers() {
  const { open } = useNavigation()
  return (
    <EmptyScreen
      icon={<IconRubberStamp size={30} aria-hidden />}
      title="Issue certificates yourself"
      actions={
        <>
          <Button leftSection={<IconListNumbers size={18} aria-hidden />} onClick={() => open('issuer-set-up')}>
            Set up in three steps
          </Button>
          <Button variant="default" leftSection={<IconPlus size={18} aria-hidden />} onClick={() => open('new-root')}>
            Create a root
          </Button>
          <Button
            variant="default"
            leftSection={<IconFileImport size={18} aria-hidden />}
            onClick={() => open('import-issuer')}
          >
            Import an existing CA
          </Button>
          <Button
            variant="default"
            leftSection={<IconPlugConnected size={18} aria-hidden />}
            onClick={() => open('connect-signer')}
          >
            Connect a cfssl signer
          </Button>
        </>
      }
    >
      An issuer (CA) signs other people’s requests, and its signature is what Access trusts. Its key stays on this
      computer, behind a passphrase of its own. The three steps follow Cloudflare’s guide: a root, an intermediate for
      the daily work, and the chain file for Access.
    </EmptyScreen>
  )
}
