import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'

/** A shell at a terminal of its own, into which somebody types. */
export interface TypedShell {
  /** The command line after what was typed and a Tab; as it stands there, quotes and backslashes with it. */
  tab(line: string): Promise<string>
  /** All that a Tab could stand for. */
  offered(line: string): Promise<string>
  /** What its terminal has shown, for the message of a test that failed. */
  shown(): string
  end(): Promise<void>
}

/** `source` is what a person has in ~/.bashrc or ~/.zshrc for completion, `folder` where they are. */
export async function openTypedShell(name: 'bash' | 'zsh', source: string, folder: string): Promise<TypedShell> {
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'latchkey-shell-')))
  writeFileSync(join(home, name === 'bash' ? '.bashrc' : '.zshrc'), set[name](source))
  const command = name === 'bash' ? `bash --rcfile '${home}/.bashrc' -i` : 'zsh -i'
  const child = spawn('script', ['--quiet', '--flush', '--return', '--command', command, '/dev/null'], {
    cwd: folder,
    env: { PATH: process.env['PATH'], HOME: home, ZDOTDIR: home, TERM: 'xterm', LANG: 'C.UTF-8', COLUMNS: '1000' },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const output = child.stdout.setEncoding('utf8')[Symbol.asyncIterator]()
  let shown = ''
  let told = 0
  /** Its key bindings write each answer to the terminal, behind a number. */
  const next = async (typed: string): Promise<string> => {
    told += 1
    if (typed !== '') child.stdin.write(typed)
    const mark = new RegExp(`\\u0002${told}\\u0002([^\\u0003]*)\\u0003`, 'u')
    for (;;) {
      const [, found] = mark.exec(shown) ?? []
      if (found !== undefined) return Buffer.from(found, 'base64').toString()
      const { value, done } = await output.next()
      if (done === true) throw new Error(`${name} ended: ${shown}`)
      shown += z.string().parse(value)
    }
  }
  await next('')
  return {
    tab: (line) => next(`${line}\t${keys.tell}`),
    offered: (line) => next(`${line}${keys.all}${keys.tell}`),
    shown: () => shown,
    end: async () => {
      await ended(child)
      rmSync(home, { recursive: true, force: true })
    },
  }
}

const keys = { tell: '\u0007', all: '\u000f' }

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const exit = once(child, 'exit')
  child.kill('SIGKILL')
  await exit
}

const set = {
  bash: (source: string) => `${source}
told=0
tell() { told=$((told + 1)); printf '\\002%s\\002%s\\003' "$told" "$(printf %s "$READLINE_LINE" | base64 -w 0)"; READLINE_LINE=; }
bind 'set bell-style none'
bind -x '"\\C-g": tell'
bind '"\\C-o": insert-completions'
PS1='> '
PROMPT_COMMAND='PROMPT_COMMAND=; tell'
`,
  zsh: (source: string) => `${source}
told=0
tell() { told=$((told + 1)); printf '\\002%s\\002%s\\003' "$told" "$(printf %s "$BUFFER" | base64 -w 0)"; BUFFER=; }
zle -N tell
bindkey -e
bindkey '^G' tell
zle -C everything complete-word _generic
zstyle ':completion:everything:*' completer _all_matches _complete
zstyle ':completion:everything:*' insert true
bindkey '^O' everything
precmd() { unfunction precmd; tell }
PS1='> '
setopt no_beep
`,
} as const
