import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { failedAs } from '../error-code'
import { type SystemEntry, textOf } from '../system-entry'
import { replaceFile } from '../write-file'

interface Ports {
  /** The person's own folder. */
  userHome: string
  /** XDG_CONFIG_HOME; null for its default. */
  configHome: string | null
  /** The program and its arguments. */
  command: readonly [string, ...string[]]
  /** LATCHKEY_HOME, where it is set; null otherwise. */
  latchkeyHome: string | null
}

/** Within the folder `autostart`. */
export const autostartName = 'latchkey.desktop'

/**
 * An entry in the person's autostart folder (Desktop Application Autostart Specification). A desktop's own settings may switch
 * it off by a line in it: then it is off here too. Errors: `login-start-failed`.
 */
export function createXdgAutostart({ userHome, configHome, command, latchkeyHome }: Ports): SystemEntry {
  const folder = join(configHome ?? join(userHome, '.config'), 'autostart')
  const file = join(folder, autostartName)
  const own = autostartEntry(command, latchkeyHome)
  const enabled = async () => {
    const text = await textOf(file)
    return text === null || isSwitchedOff(text) ? null : text
  }

  return {
    async isOn() {
      const text = await enabled()
      return text !== null && startsAs(text, own)
    },
    async startsOtherwise() {
      const text = await enabled()
      if (text === null || startsAs(text, own)) return null
      const [first, ...others] = wordsOf(valueIn(text, 'Exec') ?? '')
      if (first !== 'env') return latchkeyHome === null ? (first ?? null) : null
      const [home, program] = others
      return home === homeWord(latchkeyHome) ? (program ?? null) : null
    },
    switchOn: () =>
      mkdir(folder, { recursive: true })
        .then(() => replaceFile(file, own, 0o644))
        .catch(failedAs('login-start-failed')),
    switchOff: () => rm(file, { force: true }).catch(failedAs('login-start-failed')),
  }
}

/**
 * Once the package is removed, whose scripts leave the folders of people alone, `TryExec` makes the session skip it without an
 * error (Desktop Entry Specification, "Recognized desktop entry keys").
 */
export function autostartEntry(command: readonly [string, ...string[]], latchkeyHome: string | null): string {
  const words = latchkeyHome === null ? command : ['env', homeWord(latchkeyHome), ...command]
  return `[Desktop Entry]
Type=Application
Name=Latchkey
Comment=Started at login, as chosen in the settings of Latchkey
Exec=${escaped(words.map(quoted).join(' '))}
TryExec=${escaped(command[0])}
Icon=latchkey
Terminal=false
StartupNotify=false
`
}

const homeWord = (latchkeyHome: string | null) => `LATCHKEY_HOME=${latchkeyHome ?? ''}`

/** Desktop Entry Specification, "The Exec key": reserved characters stand in quotes, four of them behind a backslash. */
const quoted = (word: string): string =>
  (/^[\w@+=:,./-]+$/u.test(word) ? word : `"${word.replace(/["`$\\]/gu, '\\$&')}"`).replaceAll('%', '%%')

/** The same, "Possible value types": of a whole value, whatever it means. */
const escaped = (value: string): string =>
  value.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\t', '\\t').replaceAll('\r', '\\r')

const unescaped = (value: string): string =>
  value.replace(/\\([sntr\\])/gu, (_, sign: string) => signs.get(sign) ?? sign)
const signs = new Map([
  ['s', ' '],
  ['n', '\n'],
  ['t', '\t'],
  ['r', '\r'],
])

function valueIn(text: string, key: string): string | null {
  const line = text.split('\n').find((one) => one.startsWith(`${key}=`))
  return line === undefined ? null : unescaped(line.slice(key.length + 1))
}

/** A desktop may have added lines of its own. */
const startsAs = (text: string, own: string): boolean =>
  ['Exec', 'TryExec'].every((key) => valueIn(text, key) === valueIn(own, key))

/** `Hidden` as the specification has it, and the line of GNOME and its relatives. */
const isSwitchedOff = (text: string): boolean =>
  valueIn(text, 'Hidden') === 'true' || valueIn(text, 'X-GNOME-Autostart-enabled') === 'false'

/** The words of a command line, as `quoted` writes them. */
const wordsOf = (line: string): string[] =>
  [...line.matchAll(/"((?:[^"\\]|\\.)*)"|([^\s"]+)/gu)].map(([, inQuotes, plain = '']) =>
    (inQuotes?.replace(/\\(.)/gu, '$1') ?? plain).replaceAll('%%', '%'),
  )
