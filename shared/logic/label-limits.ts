/** How long what a person writes on a certificate or a site may be, in characters, and how many tags it takes. */
export const labelLimits = { name: 120, tag: 40, tags: 20, note: 2000 } as const
