/** A trap of cfssl's files that was met, what it would have meant, and what was done instead. */
export interface CfsslWarning {
  code:
    | 'empty-host'
    | 'default-profile-without-usages'
    | 'unknown-usage'
    | 'serial-spelling'
    | 'key-too-large'
    | 'ignored-field'
  sentence: string
}
