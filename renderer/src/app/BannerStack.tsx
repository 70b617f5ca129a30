import { Alert, CloseButton, UnstyledButton } from '@mantine/core'
import { IconAlertTriangle, IconChevronDown, IconChevronUp } from '@tabler/icons-react'
import { createContext, type ReactNode, useCallback, useContext, useEffect, useId, useState } from 'react'
import { useShort } from '../components/use-narrow'
import styles from './BannerStack.module.css'

/** Called by each banner that is there; returns what takes it off the list. */
type AddBanner = (id: string, title: string) => () => void

const StackContext = createContext<AddBanner>(() => () => undefined)

/**
 * What is said above every screen. In a short window the banners would leave nothing of it: there they are one line, with
 * the first title and how many there are, which opens them and can be closed until another one comes.
 */
export function BannerStack({ children }: { children: ReactNode }) {
  const [titles, setTitles] = useState<ReadonlyMap<string, string>>(new Map())
  const [isOpen, setOpen] = useState(false)
  const [read, setRead] = useState('')
  const isShort = useShort()
  const list = useId()
  const all = [...titles.values()].join('\n')
  const isLine = isShort && titles.size > 0
  const isFolded = isShort && !isOpen
  const add = useCallback<AddBanner>((id, title) => {
    setTitles((before) => new Map(before).set(id, title))
    return () => setTitles((before) => new Map([...before].filter(([other]) => other !== id)))
  }, [])
  return (
    <StackContext value={add}>
      {isLine && read !== all && (
        <Line
          titles={[...titles.values()]}
          list={list}
          isOpen={isOpen}
          onToggle={() => setOpen(!isOpen)}
          onClose={() => {
            setRead(all)
            setOpen(false)
          }}
        />
      )}
      <div id={list} hidden={isFolded}>
        {children}
      </div>
    </StackContext>
  )
}

interface LineProps {
  titles: string[]
  list: string
  isOpen: boolean
  onToggle(): void
  onClose(): void
}

function Line({ titles: [first = '', ...others], list, isOpen, onToggle, onClose }: LineProps) {
  const Chevron = isOpen ? IconChevronUp : IconChevronDown
  return (
    <div className={styles.line} role="status">
      <UnstyledButton
        className={styles.toggle}
        aria-expanded={isOpen}
        aria-controls={list}
        title={first}
        onClick={onToggle}
      >
        <IconAlertTriangle size={16} aria-hidden />
        <span className={styles.words}>{first}</span>
        {others.length > 0 && <span className={styles.more}>{`and ${others.length} more`}</span>}
        <Chevron size={16} aria-hidden />
      </UnstyledButton>
      <CloseButton size="sm" aria-label="Close" onClick={onClose} />
    </div>
  )
}

interface BannerProps {
  title: string
  icon: ReactNode
  /** `alert` for what cannot wait. */
  role?: 'alert' | 'status'
  /** Where it may be closed for good. */
  onClose?: (() => void) | undefined
  children: ReactNode
}

export function Banner({ title, icon, role = 'status', onClose, children }: BannerProps) {
  const add = useContext(StackContext)
  const id = useId()
  useEffect(() => add(id, title), [add, id, title])
  return (
    <Alert
      color="orange"
      radius={0}
      icon={icon}
      title={title}
      role={role}
      {...(onClose !== undefined && { withCloseButton: true, closeButtonLabel: 'Close', onClose })}
    >
      {children}
    </Alert>
  )
}
