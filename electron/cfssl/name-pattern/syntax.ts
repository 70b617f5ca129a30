/** Whether the set contains a Unicode character. */
export type CharacterSet = (character: string) => boolean

/** Tests the characters before and after a position in a name; null beyond its ends. */
export type Condition = (before: string | null, after: string | null) => boolean

/** A parsed expression, without anything that matters only for captures and replacements. */
export type Expression =
  | { kind: 'character'; set: CharacterSet }
  | { kind: 'condition'; holds: Condition }
  | { kind: 'sequence'; parts: Expression[] }
  | { kind: 'choice'; options: Expression[] }
  /** `most` null: unlimited. */
  | { kind: 'repetition'; part: Expression; least: number; most: number | null }

/** The flags of `(?ims)`. `U` is ignored, because it affects only captures. */
export interface Flags {
  ignoreCase: boolean
  /** `^` and `$` also match at line breaks. */
  lines: boolean
  /** `.` also matches a line break. */
  dotAll: boolean
}
export const noFlags: Flags = { ignoreCase: false, lines: false, dotAll: false }
