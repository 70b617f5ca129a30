import type { RequestPreview } from '#shared/model/authority'

/** How a request's key compares with a key code that came separately from the request. */
export type Comparison = { kind: 'matches' } | { kind: 'differs'; said: string } | { kind: 'no-code' }

export interface SaidCode {
  code: string
  /** The rest of its line, in lower case: whom it was said of. */
  about: string
}

/** Base32 in groups of four, as `KeyCode` has it; people type it with other dashes, spaces, or none, and in lower case. */
const written = /\b[a-z2-7]{4}(?:[\s\u2010-\u2015-]?[a-z2-7]{4}){3}\b/giu

/** The key codes in a ticket, a chat or a list, each with what its line says beside it. */
export function codesIn(text: string): SaidCode[] {
  return text.split(/\r?\n/u).flatMap((line) => {
    const about = line.replaceAll(written, ' ').toLowerCase()
    return [...line.matchAll(written)].map(([code]) => ({ code: plainCode(code), about }))
  })
}

function plainCode(typed: string): string {
  const letters = typed.toUpperCase().replaceAll(/[^A-Z2-7]/gu, '')
  return (letters.match(/.{4}/gu) ?? []).join('-')
}

/**
 * One comparison for each request. A line that names requests, by their file or the name they ask for, speaks of these alone:
 * a code that was said of somebody else does not vouch for this one. A code without any name vouches for the key it belongs to.
 */
export function compareKeyCodes(requests: RequestPreview[], said: SaidCode[]): Comparison[] {
  const names = requests.map(namesOf)
  const about = said.map((one) => ({ code: one.code, rows: rowsNamedIn(one.about, names) }))
  return requests.map(({ keyCode, listedKeyCode }, row) => {
    const ofThis = about.filter(({ rows }) => rows.includes(row)).map(({ code }) => code)
    const codes = listedKeyCode === null ? ofThis : [listedKeyCode, ...ofThis]
    const other = codes.find((code) => code !== keyCode)
    if (other !== undefined) return { kind: 'differs', said: other }
    if (codes.length > 0) return { kind: 'matches' }
    return about.some(({ code, rows }) => rows.length === 0 && code === keyCode)
      ? { kind: 'matches' }
      : { kind: 'no-code' }
  })
}

/** The requests with the longest name in the line: "ada" is in "ada-tablet", too. */
function rowsNamedIn(line: string, names: string[][]): number[] {
  const found = names.map((own) => Math.max(0, ...own.filter((name) => hasWord(line, name)).map((name) => name.length)))
  const longest = Math.max(0, ...found)
  return found.flatMap((length, row) => (length > 0 && length === longest ? [row] : []))
}

/** As a word of its own: "ada" is not in "adam". */
function hasWord(line: string, name: string): boolean {
  const isEdge = (character: string | undefined) => character === undefined || !/[\p{L}\p{N}_-]/u.test(character)
  for (let at = line.indexOf(name); at >= 0; at = line.indexOf(name, at + 1))
    if (isEdge(line[at - 1]) && isEdge(line[at + name.length])) return true
  return false
}

/** Where a list says who it is for, the name that the request asks for says nothing. */
function namesOf({ source, requested, listed }: RequestPreview): string[] {
  const file = source.toLowerCase()
  const person = listed?.subject.commonName ?? requested.commonName ?? ''
  const all = [file, file.replace(/\.(csr|pem|p10|der|req|txt)$/u, ''), person.toLowerCase()]
  return all.filter((name) => name.length > 1)
}

/** Where two codes differ, so that the eye finds it: [same, whether it differs] in pieces. */
export function differingGroups(said: string, own: string): { group: string; isOther: boolean }[] {
  const groups = own.split('-')
  return said.split('-').map((group, index) => ({ group, isOther: group !== groups[index] }))
}
