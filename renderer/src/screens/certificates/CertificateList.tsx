import { Button, Menu } from '@mantine/core'
import { IconSquareCheck, IconTrash } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { countOf } from '#shared/logic/formatting'
import { shortName } from '#shared/logic/naming'
import type { IdentitySummary } from '#shared/model/identity'
import type { IdentityId } from '#shared/model/ids'
import { LIST_ROW_HEIGHT, ListRow } from '../../components/ListRow'
import { RowMenu } from '../../components/RowMenu'
import { SelectionBar } from '../../components/selection/SelectionBar'
import { useSelection } from '../../components/selection/use-selection'
import { useNow } from '../../components/use-now'
import { VirtualList } from '../../components/VirtualList'
import { useNavigation } from '../../navigation'
import { DeleteSeveral } from './DeleteSeveral'
import { statusWords } from './status-words'

interface CertificateListProps {
  rows: IdentitySummary[]
  total: number
  /** What the screen shows; of another list where it is none of these. */
  chosen: string | null
  onEnd(): void
}

/** The rows of the certificates: open one, or select several. */
export function CertificateList({ rows, total, chosen, onEnd }: CertificateListProps) {
  const { go } = useNavigation()
  const now = useNow()
  const [deleting, setDeleting] = useState<IdentityId[]>([])
  const order = useMemo(() => rows.map(({ id }) => id), [rows])
  const selection = useSelection({ order, current: order.find((id) => id === chosen) ?? null, onDelete: setDeleting })
  const show = (identity: IdentityId) => go({ screen: 'certificates', identity })
  const several = (id: IdentityId) =>
    selection.has(id) && (
      <Menu.Item
        leftSection={<IconTrash size={16} aria-hidden />}
        c="var(--mantine-color-error)"
        onClick={() => setDeleting(selection.keys)}
      >
        Delete {countOf(selection.keys.length, 'certificate')}…
      </Menu.Item>
    )
  const select = (id: IdentityId) => (
    <Menu.Item leftSection={<IconSquareCheck size={16} aria-hidden />} onClick={() => selection.begin(id)}>
      Select several
    </Menu.Item>
  )
  return (
    <>
      <RowMenu order={order} onOpen={show} several={several} more={select}>
        <VirtualList
          label="Certificates"
          rows={rows}
          total={total}
          rowHeight={LIST_ROW_HEIGHT}
          keyOf={({ id }) => id}
          nameOf={({ name }) => name}
          onEnd={onEnd}
          onKeyDown={selection.press}
        >
          {(summary) => (
            <ListRow
              rowKey={summary.id}
              selection={selection}
              name={summary.name}
              line={issuerWords(summary)}
              badge={statusWords(summary, now)}
              isChosen={summary.id === chosen}
              onChoose={() => show(summary.id)}
            />
          )}
        </VirtualList>
      </RowMenu>
      <SelectionBar selection={selection}>
        <Button size="compact-sm" color="red" variant="light" onClick={() => setDeleting(selection.keys)}>
          Delete…
        </Button>
      </SelectionBar>
      {deleting.length > 0 && (
        <DeleteSeveral
          summaries={rows.filter(({ id }) => deleting.includes(id))}
          onDeleted={(id) => id === chosen && go({ screen: 'certificates', identity: null })}
          onClose={() => setDeleting([])}
        />
      )}
    </>
  )
}

function issuerWords({ issuer, practice }: IdentitySummary): string {
  if (practice) return 'Practice issuer'
  return issuer === null ? 'Waiting for its certificate' : shortName(issuer)
}
