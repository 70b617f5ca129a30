import { ActionIcon, Button, Group, Menu, Text, Title } from '@mantine/core'
import { IconArchive, IconCornerDownRight, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { countOf } from '#shared/logic/formatting'
import type { AuthorityId } from '#shared/model/ids'
import { ExpiringLine } from '../../../components/ExpiringLine'
import { ListRow } from '../../../components/ListRow'
import layout from '../../../components/layout.module.css'
import { RowMenu } from '../../../components/RowMenu'
import { SearchField } from '../../../components/SearchField'
import { useListKeys } from '../../../components/use-list-keys'
import { useNow } from '../../../components/use-now'
import { useNavigation } from '../../../navigation'
import { ways } from '../issuer-setup-ways'
import { issuerLine, issuerWords } from '../issuer-words'
import styles from './IssuerList.module.css'
import { type Branch, searchTree } from './issuer-tree'

interface ListProps {
  branches: Branch[]
  chosen: string
  /** How many there are, shown or not. */
  archived: number
  showsArchived: boolean
  onShowArchived(shows: boolean): void
}

/** Roots with their intermediates below them. */
export function IssuerList({ branches, chosen, archived, showsArchived, onShowArchived }: ListProps) {
  const now = useNow()
  const press = useListKeys()
  const [search, setSearch] = useState('')
  const { go } = useNavigation()
  const shown = searchTree(branches, search)
  const show = (issuer: AuthorityId) => go({ screen: 'authorities', issuer, issuerView: 'overview' })
  return (
    <>
      <div className={layout.splitHead}>
        <Group justify="space-between" wrap="nowrap">
          <Title order={1}>Issuers</Title>
          <NewIssuer />
        </Group>
        <SearchField label="Search issuers" value={search} onChange={setSearch} />
        <ExpiringLine place="issuers" />
      </div>
      <RowMenu order={shown.map(({ authority }) => authority.id)} onOpen={show} several={() => false}>
        <ul className={`${layout.splitRows} ${styles.rows}`} onKeyDown={press}>
          {shown.map((branch) => (
            <li key={branch.authority.id}>
              <IssuerRow branch={branch} isChosen={branch.authority.id === chosen} now={now} onShow={show} />
            </li>
          ))}
        </ul>
      </RowMenu>
      {shown.length === 0 && (
        <Text c="dimmed" p="md" ta="center">
          No results
        </Text>
      )}
      {archived > 0 && (
        <Button
          variant="subtle"
          size="compact-sm"
          m="xs"
          leftSection={<IconArchive size={16} aria-hidden />}
          onClick={() => onShowArchived(!showsArchived)}
        >
          {showsArchived ? 'Hide archived issuers' : `Show ${countOf(archived, 'archived issuer')}`}
        </Button>
      )}
      <Text className={layout.dropHint} size="xs" c="dimmed">
        Request (CSR) arrived? Drop it anywhere.
      </Text>
    </>
  )
}

function NewIssuer() {
  const { open } = useNavigation()
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <ActionIcon variant="filled" size="lg" aria-label="New issuer">
          <IconPlus size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {ways.map(({ window, label, Icon }) => (
          <Menu.Item key={window} leftSection={<Icon size={16} />} onClick={() => open(window)}>
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

interface RowProps {
  branch: Branch
  isChosen: boolean
  now: Date
  onShow(issuer: AuthorityId): void
}

function IssuerRow({ branch: { authority, depth }, isChosen, now, onShow }: RowProps) {
  return (
    <div className={styles.row} data-depth={Math.min(depth, 3)}>
      <ListRow
        rowKey={authority.id}
        name={authority.name}
        mark={depth > 0 && <IconCornerDownRight size={16} aria-hidden />}
        line={issuerLine(authority)}
        badge={issuerWords(authority, now)}
        isChosen={isChosen}
        onChoose={() => onShow(authority.id)}
      />
    </div>
  )
}
