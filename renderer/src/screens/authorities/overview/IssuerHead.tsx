import { Menu } from '@mantine/core'
import { IconLockPassword, IconPlus, IconRefresh } from '@tabler/icons-react'
import { expirySentence } from '#shared/logic/expiry'
import type { AuthorityDetail } from '#shared/model/authority'
import { DetailTop } from '../../../components/DetailTop'
import { hasEnded, issuerWords } from '../issuer-words'
import type { Task } from './tasks'

interface HeadProps {
  detail: AuthorityDetail
  now: Date
  onTask(task: Task): void
}

export function IssuerHead({ detail: { summary, certificate }, now, onTask }: HeadProps) {
  const signer = summary.isRoot
    ? 'Root, signed by itself'
    : `Intermediate, signed by ${certificate.issuerCommonName ?? certificate.issuer}`
  return (
    <DetailTop
      name={summary.name}
      badge={issuerWords(summary, now)}
      sentence={`${signer} · ${expirySentence(summary.notBefore, summary.notAfter, now)}`}
      menu={
        summary.hasKey ? (
          <>
            {!hasEnded(summary, now) && (
              <Menu.Item leftSection={<IconPlus size={16} />} onClick={() => onTask('intermediate')}>
                Create an intermediate below it
              </Menu.Item>
            )}
            {summary.successor === null && (
              <Menu.Item leftSection={<IconRefresh size={16} />} onClick={() => onTask('successor')}>
                Create a successor…
              </Menu.Item>
            )}
            <Menu.Item leftSection={<IconLockPassword size={16} />} onClick={() => onTask('passphrase')}>
              Change the passphrase…
            </Menu.Item>
          </>
        ) : null
      }
    />
  )
}
