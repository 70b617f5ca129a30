import { type CommandWords, placeOf } from './words'

/**
 * For bash 3.2 (macOS) and newer, so without `mapfile` and `compopt`: where the function offers nothing, `-o default` lets
 * readline complete file names.
 *
 * `--option=value` comes in three pieces where `=` ends a word (COMP_WORDBREAKS), and bash 4 and newer split at it. Readline then
 * replaces only what is behind the `=`.
 */
export function bashCompletion(commands: readonly CommandWords[]): string {
  const places = commands.map(placeOf).filter((place) => place !== '')
  return `# Completion of latchkey for bash. In ~/.bashrc: source <(latchkey completion bash)
_latchkey() {
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} place='' words='' joined='' lead='' i
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "$place/\${COMP_WORDS[i]}" in
      "$place/--") return ;;
      ${places.join('|')}) place="$place/\${COMP_WORDS[i]}" ;;
    esac
  done
  if [[ $word == --*=* ]]; then
    joined=yes before=\${word%%=*} word=\${word#*=}
    [[ $COMP_WORDBREAKS == *=* ]] || lead="$before="
  elif [[ $word == = ]]; then joined=yes word=''
  elif [[ $before == = ]]; then joined=yes before=\${COMP_WORDS[COMP_CWORD-2]}
  fi
  case "$place $before" in
${commands.flatMap(valueCases).join('\n')}
  esac
  [[ -z $joined ]] || return
  case "$place" in
${commands.map(wordCase).join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$word"))
}
complete -o default -F _latchkey latchkey
`
}

function valueCases(command: CommandWords): string[] {
  return command.options.flatMap(({ flags, value }) => {
    if (value === 'none') return []
    const pattern = flags.map((flag) => `'${placeOf(command)} ${flag}'`).join('|')
    const offered = value === 'typed' ? '' : `COMPREPLY=($(compgen -P "$lead" -W '${value.join(' ')}' -- "$word")); `
    return [`    ${pattern}) ${offered}return ;;`]
  })
}

/** Options only once a dash is typed: before that, people look for a command or a file. */
function wordCase(command: CommandWords): string {
  const options = command.options.flatMap(({ flags }) => flags).join(' ')
  const others = [...command.commands.map(({ name }) => name), ...command.choices].join(' ')
  return `    '${placeOf(command)}') case "$word" in -*) words='${options}' ;; *) words='${others}' ;; esac ;;`
}
