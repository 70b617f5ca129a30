import { UnstyledButton } from '@mantine/core'
import { IconChevronLeft } from '@tabler/icons-react'
import { type ReactNode, useEffect, useRef } from 'react'
import layout from './layout.module.css'
import { useNarrow } from './use-narrow'

interface SplitViewProps {
  listLabel: string
  list: ReactNode
  detailLabel: string
  detail: ReactNode
  /** Whether somebody chose what the detail shows. In a narrow window the list is shown until then. */
  isChosen: boolean
  /** Where the way back leads: "Certificates". */
  backTo: string
  onBack(): void
}

/** A list beside the detail of what is chosen in it; in a narrow window one of the two, with a way back. */
export function SplitView(props: SplitViewProps) {
  const { isChosen, backTo } = props
  const isNarrow = useNarrow()
  const list = useRef<HTMLElement>(null)
  const back = useRef<HTMLButtonElement>(null)
  const wasChosen = useRef(isChosen)
  /** The row that the detail belonged to. */
  const chosenRow = useRef<HTMLElement | null>(null)

  // What had the focus is out of sight in a narrow window.
  useEffect(() => {
    if (wasChosen.current === isChosen) return
    wasChosen.current = isChosen
    if (isNarrow) (isChosen ? back : chosenRow).current?.focus()
  }, [isChosen, isNarrow])

  const goBack = () => {
    chosenRow.current = list.current?.querySelector<HTMLElement>('[aria-current="true"]') ?? null
    props.onBack()
  }

  return (
    <div className={layout.split} data-shows={isChosen ? 'detail' : 'list'}>
      <section ref={list} className={layout.splitList} aria-label={props.listLabel}>
        {props.list}
      </section>
      <section className={layout.splitDetail} aria-label={props.detailLabel}>
        <div className={layout.splitBack}>
          <UnstyledButton ref={back} onClick={goBack}>
            <IconChevronLeft size={18} aria-hidden />
            {backTo}
          </UnstyledButton>
        </div>
        <div className={layout.splitScroll}>{props.detail}</div>
      </section>
    </div>
  )
}
