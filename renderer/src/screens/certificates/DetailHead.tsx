import { ActionIcon, Badge, Group, Menu, Text, Title } from '@mantine/core'
import { IconDots, IconRefresh, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { expirySentence } from '#shared/logic/expiry'
import type { IdentityDetail } from '#shared/model/identity'
import { useNavigation } from '../../navigation'
import { DeleteCertificate } from './DeleteCertificate'
import { statusWords } from './status-words'

export function DetailHead({ detail, now }: { detail: IdentityDetail; now: Date }) {
  const { open } = useNavigation()
  const [isDeleting, setDeleting] = useState(false)
  const { summary, certificate } = detail
  const { words, color } = statusWords(summary, now)
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
          {certificate === null
            ? `${summary.algorithm} · waiting for its certificate`
            : `Issued by ${certificate.issuerCommonName ?? certificate.issuer} · ${expirySentence(certificate.notBefore, certificate.notAfter, now)}`}
        </Text>
      </div>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size="lg" aria-label="More actions">
            <IconDots size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconRefresh size={16} />} onClick={() => open('new', summary.name)}>
            New request with this name
          </Menu.Item>
          <Menu.Item
            leftSection={<IconTrash size={16} />}
            c="var(--mantine-color-error)"
            onClick={() => setDeleting(true)}
          >
            Delete…
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <DeleteCertificate detail={detail} opened={isDeleting} onClose={() => setDeleting(false)} />
    </div>
  )
}
