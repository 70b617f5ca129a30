import { OpenModal } from '../../components/OpenModal'
import { useNavigation } from '../../navigation'
import { HostForm } from './HostForm'

/** A window for a new site, which is shown once it is there. */
export function AddSite() {
  const { go, close } = useNavigation()
  const onClose = () => close('add-site')
  return (
    <OpenModal onClose={onClose} title="Add a site">
      <HostForm
        host={null}
        onCancel={onClose}
        onSaved={({ id }) => {
          onClose()
          go({ screen: 'connections', host: id, report: null })
        }}
      />
    </OpenModal>
  )
}
