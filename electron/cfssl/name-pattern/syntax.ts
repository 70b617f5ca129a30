/** Whether one Unicode character belongs. */
export type CharacterSet = (character: string) => boolean

/** What stands on both sides of a place in a name; null beyond its ends. */
export type Condition = (before: string | null, after: string | null) => boolean

/** An expression, read: what it says about a name, without what only matters to captures and replacements. */
export type Expression =
  | { kind: 'character'; set: CharacterSet }
  | { kind: 'condition'; holds: Condition }
  | { kind: 'sequence'; parts: Expression[] }
  | { kind: 'choice'; options: Expression[] }
  /** `most` null: without end. */
  | { kind: 'repetition'; part: Expression; least: number; most: number | null }

/** How the letters of `(?ims)` change what follows them; `U` only matters to captures. */
export interface Flags {
  ignoreCase: boolean
  /** `^` and `$` at lines, too. */
  lines: boolean
  /** `.` is a line's end, too. */
  dotAll: boolean
}
export const noFlags: Flags = { ignoreCase: false, lines: false, dotAll: false }
