import { type CommandWords, type OptionWords, placeOf } from './words'

/** For `latchkey completion fish | source`, and as a file in `~/.config/fish/completions`. */
export function fishCompletion(commands: readonly CommandWords[]): string {
  const places = commands.map(placeOf).filter((place) => place !== '')
  return `# Completion of latchkey for fish. In a session: latchkey completion fish | source
function __latchkey_at
    set -l place ''
    for word in (commandline -opc)[2..-1]
        if contains -- "$place/$word" ${places.join(' ')}
            set place "$place/$word"
        end
    end
    test "$place" = "$argv[1]"
end
complete -c latchkey -e
${commands.flatMap(linesOf).join('\n')}
`
}

function linesOf(command: CommandWords): string[] {
  const at = `complete -c latchkey -n ${quoted(`__latchkey_at ${quoted(placeOf(command))}`)}`
  const children = command.commands.map(({ name, summary }) => `${at} -f -a ${quoted(name)} -d ${quoted(summary)}`)
  const choices = command.choices.map((choice) => `${at} -f -a ${quoted(choice)}`)
  return [...children, ...choices, ...command.options.map((option) => `${at} ${optionOf(option)}`)]
}

function optionOf({ flags, description, value }: OptionWords): string {
  const names = flags.map((flag) => (flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`))
  const taken = value === 'none' ? [] : value === 'typed' ? ['-r -F'] : [`-x -a ${quoted(value.join(' '))}`]
  return [...names, ...taken, `-d ${quoted(description)}`].join(' ')
}

/** In single quotes, fish reads a backslash before a quote or another backslash. */
const quoted = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
