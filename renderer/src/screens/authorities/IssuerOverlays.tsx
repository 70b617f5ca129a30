import type { Overlay } from '../../navigation'
import { useNavigation } from '../../navigation'
import { ConnectSigner } from './make/ConnectSigner'
import { ImportIssuer } from './make/ImportIssuer'
import { NewIssuer } from './make/NewIssuer'
import { RebuildIssuer } from './make/RebuildIssuer'
import { SetUp } from './make/SetUp'

/** The windows that begin a new issuer, from wherever they are opened. */
export function IssuerOverlays({
  overlay,
}: {
  overlay: Exclude<Overlay, 'new' | 'add-site' | 'palette' | 'convert' | 'setup-file'>
}) {
  const { close } = useNavigation()
  const onClose = () => close(overlay)
  switch (overlay) {
    case 'new-root':
      return <NewIssuer parent={null} onClose={onClose} />
    case 'issuer-set-up':
      return <SetUp onClose={onClose} />
    case 'import-issuer':
      return <ImportIssuer onClose={onClose} />
    case 'rebuild-issuer':
      return <RebuildIssuer onClose={onClose} />
    case 'connect-signer':
      return <ConnectSigner onClose={onClose} />
  }
}
