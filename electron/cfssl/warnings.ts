/** A trap of cfssl's files that was met, what it would have meant, and what was done instead. */
export interface CfsslWarning {
  code: 'empty-host' | 'unknown-usage' | 'serial-spelling' | 'ignored-field' | 'other-names'
  sentence: string
}
