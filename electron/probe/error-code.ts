import { codeOf } from '#electron/platform/error-code'

/** The code of a system or engine error; its message where it has none. */
export const codeOrMessage = (error: unknown): string =>
  codeOf(error) ?? (error instanceof Error ? error.message : 'unknown')

/** What ends a wait for the other side. `ECONNRESET` as the system says it, unless more is known. */
export const connectionClosed = (code = 'ECONNRESET'): Error =>
  Object.assign(new Error('The connection was closed.'), { code })
