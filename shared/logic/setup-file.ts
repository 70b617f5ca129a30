import { NAME_PLACE } from './name-rules'

/** How the name of a set-up file ends. */
export const SETUP_ENDING = 'latchkey'

/** One of everything that it may hold is smaller. */
export const MAX_SETUP_BYTES = 64 * 1024

/** How many sites and CAs it may name. */
export const MAX_SETUP_SITES = 50
export const MAX_SETUP_ISSUERS = 10

/** Characters of a site's address as it is written into the file. */
export const MAX_SETUP_ADDRESS = 500

/** Upper bounds of its texts in characters. Its Common Name has that of a certificate. */
export const setupBounds = { from: 80, contact: 200 } as const

/** What a link may carry: a command line and the address bar of a browser take more, and a mail program wraps it. */
export const MAX_SETUP_LINK = 8000

/** How every set-up file begins; its version follows. */
export const SETUP_START = 'latchkey-setup '

/** How every link of ours begins. A bad one is refused where the person can see it. */
export const LINK_START = 'latchkey:'

/** Whether it is a set-up file or a link that carries one, by its first bytes: its name may be anything. */
export const isSetupFile = (bytes: Uint8Array): boolean =>
  startsWith(bytes, SETUP_START) || startsWith(bytes, LINK_START)

const startsWith = (bytes: Uint8Array, start: string): boolean =>
  bytes.length >= start.length && [...start].every((letter, index) => bytes[index] === letter.charCodeAt(0))

/** The Common Name that a form starts with. A full name that this system does not know leaves only the rest of the pattern. */
export const commonNameFrom = (pattern: string, fullName: string): string =>
  pattern.replaceAll(NAME_PLACE, () => fullName).trim()

/** What is said of the key that signed a file, and of a file that is too large for a link. */
export const setupFileWords = {
  policy: 'Verified: your organisation’s policy names the key that signed it.',
  compared: 'Verified: you have compared the code of this key before.',
  unverified: 'Unverified: nobody has compared the code of the key that signed it.',
  noLink: 'none, since the file is too large for one',
} as const
