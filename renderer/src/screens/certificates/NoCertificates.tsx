import { Button } from '@mantine/core'
import { IconCertificate, IconFileImport, IconPlus, IconSchool } from '@tabler/icons-react'
import { EmptyScreen } from '../../components/EmptyScreen'
import { useImport } from '../../import/import-context'
import { useNavigation } from '../../navigation'

export function NoCertificates() {
  const { go, open } = useNavigation()
  const { choose } = useImport()
  return (
    <EmptyScreen
      icon={<IconCertificate size={30} aria-hidden />}
      title="Get in with a client certificate"
      actions={
        <>
          <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={() => open('new')}>
            New certificate
          </Button>
          <Button
            variant="default"
            leftSection={<IconFileImport size={18} aria-hidden />}
            onClick={() => void choose()}
          >
            Open a file
          </Button>
          <Button
            variant="default"
            leftSection={<IconSchool size={18} aria-hidden />}
            onClick={() => go({ screen: 'practice' })}
          >
            Try it first
          </Button>
        </>
      }
    >
      Latchkey makes a private key that stays on this computer, and a request for your administrator to sign. If you
      have a certificate file already, drop it anywhere in this window. To see how it all works, try it with the
      practice site. It needs no account.
    </EmptyScreen>
  )
}
