/** A word of a program, never a sentence: text of this form contains no value that was typed. */
export const wordPattern = /^[A-Za-z_$][\w$-]{0,59}$/u
/** "certificates keychain.ts:88:40", or the place alone. */
export const framePattern = /^(?:[\w$.<># -]{1,100} )?[\w.-]{1,80}:\d{1,7}:\d{1,7}$/u
export const mostFrames = 20

/** What is written down of a mistake of ours: what kind and where. Never its message, which may hold a value. */
export interface Trace {
  /** The class: "TypeError". */
  error: string
  /** Of the system or of Latchkey: "ENOENT", "vault-damaged". Null where there is none. */
  code: string | null
  /** The innermost first. */
  frames: string[]
}

/**
 * Kind and place of an error, without its message. The stack begins with the message, which may have lines that look like
 * places: only what comes after the very message is read, and nothing where that cannot be told.
 */
export function traceOf(error: unknown): Trace {
  if (!(error instanceof Error)) return { error: 'NotAnError', code: null, frames: [] }
  return {
    error: wordOr(error.name, 'Error'),
    code: 'code' in error ? wordOr(error.code, null) : null,
    frames: placesAfter(error).flatMap(frameOf).slice(0, mostFrames),
  }
}

function wordOr<Otherwise>(value: unknown, otherwise: Otherwise): string | Otherwise {
  return typeof value === 'string' && wordPattern.test(value) ? value : otherwise
}

function placesAfter({ stack = '', message }: Error): string[] {
  const begin = message === '' ? 0 : stack.indexOf(message)
  // A message that was changed afterwards stands in the stack as it was.
  if (begin === -1 || stack.slice(0, begin).includes('\n')) return []
  return stack
    .slice(begin + message.length)
    .split('\n')
    .slice(1)
}

/** V8: "    at name (file:///…/keychain.ts:88:40)", "    at async name (…)", "    at /…/index.cjs:1:2". */
function frameOf(line: string): string[] {
  const [, name, place = ''] = /^ {4}at (?:(.+?) \()?([^()]+:\d+:\d+)\)?$/u.exec(line) ?? []
  const file =
    place
      .replace(/\?[^:]*(?=:\d+:\d+$)/u, '')
      .split(/[/\\]/u)
      .at(-1) ?? ''
  const frame = name === undefined ? file : `${name.replace(/ \[as .*\]$/u, '')} ${file}`
  return framePattern.test(frame) ? [frame] : []
}
