/** Of 24 hours, in milliseconds. A calendar day can be shorter or longer. */
export const DAY_MS = 86_400_000
