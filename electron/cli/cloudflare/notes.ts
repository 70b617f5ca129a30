/** For standard error: what was left out, and why. */
export const unreadNotes = (unread: string[]): string[] =>
  unread.map((permission) => `Not everything was read: the token lacks the permission “${permission}”.`)

/** Without a plan file, nobody has said what other tools look after. */
export const managedNotes = (planFile: string | undefined): string[] =>
  planFile === undefined ? ['Nothing is known of what is managed elsewhere. Name a plan file with --file.'] : []
