import { IconFileExport, IconPencil, IconPlugConnected, IconRefresh, IconTrash, IconUnlink } from '@tabler/icons-react'
import { useState } from 'react'
import { appActions } from '#shared/logic/actions'
import { expirySentence } from '#shared/logic/expiry'
import { isolated } from '#shared/logic/isolate'
import { issuerName } from '#shared/logic/naming'
import type { IdentityDetail, IdentitySummary } from '#shared/model/identity'
import type { Install } from '#shared/model/store'
import { useCalendarAction } from '../../components/AddToCalendar'
import { DetailTop } from '../../components/DetailTop'
import { ErrorNotice } from '../../components/ErrorNotice'
import { LabelLine } from '../../components/label/LabelLine'
import { type ThingAction, ThingMenuItems, useShownThing } from '../../components/shown-thing'
import { useNavigation, usePlace } from '../../navigation'
import { BrowserPolicy } from './browser-policy/BrowserPolicy'
import { policyAction, policyIssuer } from './browser-policy/policy-action'
import { DeleteCertificate } from './DeleteCertificate'
import { ExportCertificate } from './export/ExportCertificate'
import { LabelCertificate } from './LabelCertificate'
import { RenewDialog } from './renew/RenewDialog'
import { statusWords } from './status-words'
import { useUninstall } from './UninstallButtons'
import { useInstallAction } from './use-install-action'
import { useRequestActions } from './use-request-actions'

export function DetailHead({ detail, now }: { detail: IdentityDetail; now: Date }) {
  const { go, open } = useNavigation()
  const [asking, setAsking] = useState<'export' | 'renew' | 'browser-policy' | 'label' | 'delete' | null>(null)
  const { summary, certificate } = detail
  const { renew } = usePlace('certificates')
  const close = () => {
    setAsking(null)
    if (renew !== null) go({ screen: 'certificates', renew: null })
  }
  const isRenewing = (asking === 'renew' || renew === summary.id) && canRenew(summary)
  const issuer = policyIssuer(detail)
  const calendar = useCalendarAction({ identity: summary.id })
  const install = useInstallAction(detail)
  const actions: ThingAction[] = [
    ...(install.action === null ? [] : [install.action]),
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
    ...(issuer === null ? [] : [policyAction(() => setAsking('browser-policy'))]),
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
  const request = useRequestActions(detail)
  const uninstall = useUninstall(summary)
  const removals = detail.installs
    .filter(({ present, keyPresent }) => present || keyPresent)
    .map((one) => removalAction(one, () => uninstall.ask(one)))
  useShownThing(summary, [
    ...actions.slice(0, 1),
    ...request.actions,
    ...actions.slice(1, -1),
    ...removals,
    ...actions.slice(-1),
  ])
  return (
    <>
      <DetailTop
        name={summary.name}
        badge={statusWords(summary, now)}
        facts={
          certificate === null
            ? [summary.algorithm, 'waiting for its certificate']
            : [
                `Issued by ${isolated(issuerName(certificate))}`,
                expirySentence(certificate.notBefore, certificate.notAfter, now),
              ]
        }
        menu={<ThingMenuItems actions={actions} />}
      />
      {install.error !== null && <ErrorNotice error={install.error} />}
      {request.result}
      {uninstall.error !== null && <ErrorNotice error={uninstall.error} />}
      {uninstall.dialog}
      <LabelLine tags={detail.tags} note={detail.note} />
      {asking === 'label' && <LabelCertificate detail={detail} onClose={close} />}
      {asking === 'export' && <ExportCertificate detail={detail} onClose={close} />}
      {asking === 'browser-policy' && issuer !== null && (
        <BrowserPolicy detail={detail} issuer={issuer} onClose={close} />
      )}
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

/** What “Remove…” beside the store does. */
const removalAction = ({ id, storeName }: Install, run: () => void): ThingAction => ({
  id: `remove-${id}`,
  label: `Remove from ${storeName}…`,
  words: 'uninstall delete take out store browser chrome firefox edge keychain windows nss undo',
  Icon: IconUnlink,
  isDangerous: true,
  run,
})

/** Not while its replacement is requested, nor once it has come. */
const canRenew = ({ sha256, replacement }: IdentitySummary): boolean => sha256 !== null && replacement === null
