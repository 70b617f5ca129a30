import { type KeyboardEvent, useState } from 'react'
import { createTypeAhead, hasModifier, isTyping, rowFor, rowNamed } from './list-keys'

/** The keys of a list whose rows are all in the page: for its `onKeyDown`. Each row is a `ListRow`. */
export function useListKeys(): (event: KeyboardEvent<HTMLElement>) => void {
  const [typing] = useState(createTypeAhead)
  return (event) => {
    const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-row-name]')]
    const here = event.target instanceof HTMLElement ? rows.indexOf(event.target) : -1
    if (here === -1 || event.isDefaultPrevented() || isTyping(event.target) || hasModifier(event)) return
    const typed = typing.add(event.key, event.timeStamp)
    const names = rows.map(({ dataset }) => dataset['rowName'])
    const next = rowFor(event.key, here, rows.length) ?? (typed === null ? null : rowNamed(typed, here, names))
    if (next === null) return
    event.preventDefault()
    rows[next]?.focus()
  }
}
