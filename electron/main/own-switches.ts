/** The switches of Latchkey's own window. What a package inherits of all others is taken back (`inherited-settings.ts`). */
export const ownSwitches = {
  /** The practice journey without a person. It runs in a temporary home only. */
  guidedLab: 'guided-lab',
  /** No window: warns of what expires soon, and ends. */
  checkExpiry: 'check-expiry',
  /** The session starts it: nobody has asked for a window yet. */
  atLogin: 'at-login',
} as const
