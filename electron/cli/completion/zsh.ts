import { type CommandWords, placeOf, singleQuoted } from './words'

/** For `source <(latchkey completion zsh)` after `compinit`, and as a file `_latchkey` in the `fpath`. */
export function zshCompletion(commands: readonly CommandWords[]): string {
  const places = commands.map(placeOf).filter((place) => place !== '')
  return `#compdef latchkey
# Completion of latchkey for zsh. In ~/.zshrc, after compinit: source <(latchkey completion zsh)
_latchkey() {
  local place='' before="\${words[CURRENT-1]}" joined='' i
  local -a offered
  for ((i = 2; i < CURRENT; i++)); do
    case "$place/\${words[i]}" in
      "$place/--") _files; return ;;
      ${places.join('|')}) place="$place/\${words[i]}" ;;
    esac
  done
  if [[ "\${words[CURRENT]}" == --*=* ]] && compset -P 1 '*='; then joined=yes before="\${words[CURRENT]%%=*}"; fi
  case "$place $before" in
${commands.flatMap(valueCases).join('\n')}
  esac
  [[ -z "$joined" ]] || return 1
  case "$place" in
${commands.map(wordCase).join('\n')}
  esac
}
if [[ "\${funcstack[1]}" == _latchkey ]]; then _latchkey "$@"; else compdef _latchkey latchkey; fi
`
}

function valueCases(command: CommandWords): string[] {
  return command.options.flatMap(({ flags, value }) => {
    if (value === 'none') return []
    const pattern = flags.map((flag) => `'${placeOf(command)} ${flag}'`).join('|')
    const act = value === 'typed' ? '_files' : `compadd -- ${value.map(singleQuoted).join(' ')}`
    return [`    ${pattern}) ${act}; return ;;`]
  })
}

function wordCase(command: CommandWords): string {
  const options = command.options.flatMap(({ flags, description }) => flags.map((flag) => entry(flag, description)))
  const others = [
    ...command.commands.map(({ name, summary }) => entry(name, summary)),
    ...command.choices.map((choice) => entry(choice, choice)),
  ]
  const act = others.length > 0 ? `offered=(${others.join(' ')}); _describe -t commands command offered` : '_files'
  return `    '${placeOf(command)}')
      if [[ "\${words[CURRENT]}" == -* ]]; then offered=(${options.join(' ')}); _describe -o option offered
      else ${act}; fi ;;`
}

/** As `_describe` reads it: the first colon ends the word. */
const entry = (word: string, description: string) => singleQuoted(`${word}:${description}`)
