/** For standard error: what was left out, and why. */
export const unreadNotes = (unread: string[]): string[] =>
  unread.map((permission) => `Not everything was read: the token lacks the permission “${permission}”.`)
