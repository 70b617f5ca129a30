/** How much of Access one change may name. The contract refuses more, and the forms say so while somebody types. */
export const accessLimits = {
  /** Characters of any name. */
  name: 350,
  /** Common Names that one policy lets in. */
  admittedNames: 500,
  blockedNames: 100,
  hostnames: 1000,
  /** Characters of a path, with its slash. */
  path: 1000,
  /** E-mail addresses, webhooks or PagerDuty services of an alert: far more than a notification takes. */
  destinations: 50,
} as const
