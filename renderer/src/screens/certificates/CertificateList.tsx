import { Button } from '@mantine/core'
import { useMemo, useState } from 'react'
import { countOf } from '#shared/logic/formatting'
import { quoted } from '#shared/logic/isolate'
import { shortName } from '#shared/logic/naming'
import type { IdentitySummary } from '#shared/model/identity'
import type { IdentityId } from '#shared/model/ids'
import { call } from '../../api'
import { LIST_ROW_HEIGHT, ListRow } from '../../components/ListRow'
import { AddTag } from '../../components/label/AddTag'
import { RowMenu } from '../../components/RowMenu'
import { SelectionBar } from '../../components/selection/SelectionBar'
import { SelectItem, SeveralItems } from '../../components/selection/SelectionItems'
import type { Selection } from '../../components/selection/use-selection'
import { useNow } from '../../components/use-now'
import { VirtualList } from '../../components/VirtualList'
import { useNavigation } from '../../navigation'
import { statusWords } from './status-words'

interface CertificateListProps {
  rows: IdentitySummary[]
  total: number
  /** The search and the filter. */
  about: string
  /** What the screen shows; of another list where it is none of these. */
  chosen: string | null
  selection: Selection<IdentityId>
  tags: readonly string[]
  onDelete(ids: IdentityId[]): void
  onEnd(): void
}

/** The rows of the certificates: open one, or select several. */
export function CertificateList(props: CertificateListProps) {
  const { rows, total, about, chosen, selection, tags, onDelete, onEnd } = props
  const { go } = useNavigation()
  const now = useNow()
  const [tagging, setTagging] = useState<IdentityId[]>([])
  const order = useMemo(() => rows.map(({ id }) => id), [rows])
  const show = (identity: IdentityId) => go({ screen: 'certificates', identity })
  const several = (id: IdentityId) =>
    selection.has(id) && (
      <SeveralItems
        what={countOf(selection.keys.length, 'certificate')}
        onTag={() => setTagging(selection.keys)}
        onDelete={() => onDelete(selection.keys)}
      />
    )
  const select = (id: IdentityId) => <SelectItem onSelect={() => selection.begin(id)} />
  return (
    <>
      <RowMenu order={order} onOpen={show} several={several} more={select}>
        <VirtualList
          label="Certificates"
          about={about}
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
        <Button size="compact-sm" variant="default" onClick={() => setTagging(selection.keys)}>
          Add a tag…
        </Button>
        <Button size="compact-sm" color="red" variant="light" onClick={() => onDelete(selection.keys)}>
          Delete…
        </Button>
      </SelectionBar>
      {tagging.length > 0 && (
        <AddTag
          to={countOf(tagging.length, 'certificate')}
          known={tags}
          onAdd={(tag) => call('identities.addTag', { identities: tagging, tag })}
          onClose={() => setTagging([])}
        />
      )}
    </>
  )
}

function issuerWords({ id, issuer, practice, replacement, replaces }: IdentitySummary): string {
  if (replacement !== null && replacement.notAfter === null) return 'Replacement requested'
  if (replacement !== null) return `Replaced by ${quoted(replacement.name)}`
  if (issuer === null && replaces !== null && replaces.identity !== id)
    return `Requested to replace ${quoted(replaces.name)}`
  if (practice) return 'Practice issuer'
  return issuer === null ? 'Waiting for its certificate' : shortName(issuer)
}
