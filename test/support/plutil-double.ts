import type { Run } from '#electron/platform/run'

/** What a property list may hold; JSON has no dates and no octets. */
type Value = string | number | boolean | Value[] | { [key: string]: Value }

/**
 * macOS' `plutil -convert json -o - -` (plutil(1)), as strict as the real one: it takes no other arguments here, reads standard input,
 * prints compact JSON with `\/` for a slash, and ends with 1 for what is no property list and for what JSON cannot say. Of the two
 * formats it reads the XML one; the other is only read where the real one is.
 */
export const plutilDouble: Run = async (command, args, options) => {
  const called = [command, ...args].join(' ')
  if (called !== '/usr/bin/plutil -convert json -o - -') throw new Error(`plutil is not called like this: ${called}`)
  try {
    const value = readPropertyList(Buffer.from(options?.stdin ?? '').toString('utf8'))
    if (typeof value !== 'object') throw new Error('invalid object in plist for destination format')
    return { exitCode: 0, stdout: JSON.stringify(value).replaceAll('/', '\\/'), stderr: '' }
  } catch (error) {
    return { exitCode: 1, stdout: `<stdin>: ${error instanceof Error ? error.message : ''}\n`, stderr: '' }
  }
}

function readPropertyList(text: string): Value {
  const body = /^\s*<\?xml[^>]*\?>\s*<!DOCTYPE plist[^>]*>\s*<plist version="1\.0">([\s\S]*)<\/plist>\s*$/u.exec(
    text,
  )?.[1]
  if (body === undefined) throw new Error('Property List error: Unexpected character at line 1 / JSON error: …')
  const tokens = body.match(/<[^>]*>|[^<]+/gu) ?? []
  let place = 0
  const skipBlank = () => {
    while (tokens[place]?.trim() === '') place += 1
  }
  const take = () => {
    skipBlank()
    return tokens[place++] ?? ''
  }
  const next = () => {
    skipBlank()
    return tokens[place]
  }
  const textUntil = (end: string): string => {
    const found = tokens[place] === end ? '' : (tokens[place++] ?? '')
    if (tokens[place++] !== end) throw new Error('Property List error: Encountered unexpected element')
    return found.replace(/&(lt|gt|amp|quot|apos);/gu, (_, name: keyof typeof entities) => entities[name])
  }

  function value(): Value {
    const tag = take()
    switch (tag) {
      case '<string>':
        return textUntil('</string>')
      case '<integer>':
      case '<real>':
        return Number(textUntil(tag.replace('<', '</')))
      case '<true/>':
        return true
      case '<false/>':
        return false
      case '<array/>':
        return []
      case '<dict/>':
        return {}
      case '<array>': {
        const items: Value[] = []
        while (next() !== '</array>') items.push(value())
        take()
        return items
      }
      case '<dict>': {
        const entries: [string, Value][] = []
        while (next() === '<key>') {
          take()
          entries.push([textUntil('</key>'), value()])
        }
        if (take() !== '</dict>') throw new Error('Property List error: Encountered unexpected element')
        return Object.fromEntries(entries)
      }
      case '<date>':
      case '<data>':
        throw new Error('invalid object in plist for destination format')
      default:
        throw new Error(`Property List error: Encountered unknown tag ${tag}`)
    }
  }

  const found = value()
  if (next() !== undefined) throw new Error('Property List error: Junk after the value')
  return found
}

const entities = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" } as const
