import { ActionIcon, Badge, Group, Menu, Text, Title } from '@mantine/core'
import { IconDots, IconLockPassword, IconPlus, IconRefresh } from '@tabler/icons-react'
import { expirySentence } from '#shared/logic/expiry'
import type { AuthorityDetail } from '#shared/model/authority'
import { hasEnded, issuerWords } from '../issuer-words'
import type { Task } from './tasks'

interface HeadProps {
  detail: AuthorityDetail
  now: Date
  onTask(task: Task): void
}

export function IssuerHead({ detail: { summary, certificate }, now, onTask }: HeadProps) {
  const { words, color } = issuerWords(summary, now)
  const signer = summary.isRoot
    ? 'Root, signed by itself'
    : `Intermediate, signed by ${certificate.issuerCommonName ?? certificate.issuer}`
  return (
    <div className="detail-head">
      <div>
        <Group gap="sm">
          <Title order={2} fz="h1" className="wrap">
            {summary.name}
          </Title>
          <Badge color={color} size="lg">
            {words}
          </Badge>
        </Group>
        <Text size="sm" c="dimmed" className="wrap" mt={4}>
          {signer} · {expirySentence(summary.notBefore, summary.notAfter, now)}
        </Text>
      </div>
      {summary.hasKey && (
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon variant="default" size="lg" aria-label="More actions">
              <IconDots size={18} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
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
          </Menu.Dropdown>
        </Menu>
      )}
    </div>
  )
}
