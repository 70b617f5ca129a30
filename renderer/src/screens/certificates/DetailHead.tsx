import { Menu } from '@mantine/core'
import { IconFileExport, IconRefresh, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { expirySentence } from '#shared/logic/expiry'
import { issuerName } from '#shared/logic/naming'
import type { IdentityDetail } from '#shared/model/identity'
import { AddToCalendarItem } from '../../components/AddToCalendar'
import { DetailTop } from '../../components/DetailTop'
import { useNavigation } from '../../navigation'
import { DeleteCertificate } from './DeleteCertificate'
import { ExportCertificate } from './export/ExportCertificate'
import { statusWords } from './status-words'

export function DetailHead({ detail, now }: { detail: IdentityDetail; now: Date }) {
  const { open } = useNavigation()
  const [asking, setAsking] = useState<'export' | 'delete' | null>(null)
  const { summary, certificate } = detail
  const close = () => setAsking(null)
  return (
    <>
      <DetailTop
        name={summary.name}
        badge={statusWords(summary, now)}
        sentence={
          certificate === null
            ? `${summary.algorithm} · waiting for its certificate`
            : `Issued by ${issuerName(certificate)} · ${expirySentence(certificate.notBefore, certificate.notAfter, now)}`
        }
        menu={
          <>
            <Menu.Item leftSection={<IconFileExport size={16} />} onClick={() => setAsking('export')}>
              Export…
            </Menu.Item>
            {certificate !== null && <AddToCalendarItem about={{ identity: summary.id }} />}
            <Menu.Item leftSection={<IconRefresh size={16} />} onClick={() => open('new', summary.name)}>
              New request with this name
            </Menu.Item>
            <Menu.Item
              leftSection={<IconTrash size={16} />}
              c="var(--mantine-color-error)"
              onClick={() => setAsking('delete')}
            >
              Delete…
            </Menu.Item>
          </>
        }
      />
      {asking === 'export' && <ExportCertificate detail={detail} onClose={close} />}
      <DeleteCertificate detail={detail} opened={asking === 'delete'} onClose={close} />
    </>
  )
}
