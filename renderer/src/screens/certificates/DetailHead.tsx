import { IconFileExport, IconPencil, IconPlugConnected, IconRefresh, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { appActions } from '#shared/logic/actions'
import { expirySentence } from '#shared/logic/expiry'
import { isolated } from '#shared/logic/isolate'
import { issuerName } from '#shared/logic/naming'
import type { IdentityDetail, IdentitySummary } from '#shared/model/identity'
import { useCalendarAction } from '../../components/AddToCalendar'
import { DetailTop } from '../../components/DetailTop'
import { LabelLine } from '../../components/label/LabelLine'
import { type ThingAction, ThingMenuItems, useShownThing } from '../../components/shown-thing'
import { useNavigation, usePlace } from '../../navigation'
import { DeleteCertificate } from './DeleteCertificate'
import { ExportCertificate } from './export/ExportCertificate'
import { LabelCertificate } from './LabelCertificate'
import { RenewDialog } from './renew/RenewDialog'
import { statusWords } from './status-words'

export function DetailHead({ detail, now }: { detail: IdentityDetail; now: Date }) {
  const { go, open } = useNavigation()
  const [asking, setAsking] = useState<'export' | 'renew' | 'label' | 'delete' | null>(null)
  const { summary, certificate } = detail
  const { renew } = usePlace('certificates')
  const close = () => {
    setAsking(null)
    if (renew !== null) go({ screen: 'certificates', renew: null })
  }
  const isRenewing = (asking === 'renew' || renew === summary.id) && canRenew(summary)
  const calendar = useCalendarAction({ identity: summary.id })
  const actions: ThingAction[] = [
    {
      id: 'export',
      label: appActions.export.label,
      words: appActions.export.words,
      Icon: IconFileExport,
      run: () => setAsking('export'),
    },
    ...(certificate === null
      ? []
      : [testAction(() => go({ screen: 'connections', testWith: summary.id, report: null })), calendar]),
    canRenew(summary)
      ? {
          id: 'renew',
          label: appActions.renew.label,
          words: appActions.renew.words,
          Icon: IconRefresh,
          run: () => setAsking('renew'),
        }
      : {
          id: 'request-again',
          label: 'New request with this name',
          words: 'renew csr replace again extend reissue',
          Icon: IconRefresh,
          run: () => open('new', summary.name),
        },
    {
      id: 'label',
      label: 'Name, tags and note…',
      words: 'rename label edit comment category',
      Icon: IconPencil,
      run: () => setAsking('label'),
    },
    {
      id: 'delete',
      label: 'Delete…',
      words: 'remove uninstall trash',
      Icon: IconTrash,
      isDangerous: true,
      run: () => setAsking('delete'),
    },
  ]
  useShownThing(summary, actions)
  return (
    <>
      <DetailTop
        name={summary.name}
        badge={statusWords(summary, now)}
        sentence={
          certificate === null
            ? `${summary.algorithm} · waiting for its certificate`
            : `Issued by ${isolated(issuerName(certificate))} · ${expirySentence(certificate.notBefore, certificate.notAfter, now)}`
        }
        menu={<ThingMenuItems actions={actions} />}
      />
      <LabelLine tags={detail.tags} note={detail.note} />
      {asking === 'label' && <LabelCertificate detail={detail} onClose={close} />}
      {asking === 'export' && <ExportCertificate detail={detail} onClose={close} />}
      {isRenewing && <RenewDialog detail={detail} now={now} onClose={close} />}
      <DeleteCertificate detail={detail} opened={asking === 'delete'} onClose={close} />
    </>
  )
}

const testAction = (run: () => void): ThingAction => ({
  id: 'test',
  label: 'Test a site with it',
  words: 'connection connect check handshake',
  Icon: IconPlugConnected,
  run,
})

/** Not while its replacement is requested, nor once it has come. */
const canRenew = ({ sha256, replacement }: IdentitySummary): boolean => sha256 !== null && replacement === null
