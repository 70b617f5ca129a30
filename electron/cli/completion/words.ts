import type { Argument, Command, Option } from 'commander'

/** What can be typed at one place of the command line. */
export interface CommandWords {
  /** From the first word after `latchkey`; empty for the program itself. */
  path: readonly string[]
  summary: string
  commands: readonly { name: string; summary: string }[]
  options: readonly OptionWords[]
  /** The words of an argument, where it takes only these. */
  choices: readonly string[]
}

export interface OptionWords {
  /** With their dashes, the short one first. */
  flags: readonly string[]
  description: string
  /** What follows it: nothing, one of these words, or something to type. Shells offer file names for the last. */
  value: 'none' | 'typed' | readonly string[]
}

/** The program and all its commands, each before those below it. */
export function wordsOf(program: Command): CommandWords[] {
  return collect(program, [])
}

function collect(command: Command, path: string[]): CommandWords[] {
  const below = [...command.commands]
  const help = command.createHelp()
  const own: CommandWords = {
    path,
    summary: summaryOf(command),
    commands: below.map((child) => ({ name: child.name(), summary: summaryOf(child) })),
    options: help.visibleOptions(command).map(optionWords),
    choices: command.registeredArguments.flatMap((argument: Argument) => argument.argChoices ?? []),
  }
  return [own, ...below.flatMap((child) => collect(child, [...path, child.name()]))]
}

export const summaryOf = (command: Command) => command.summary() || command.description()

function optionWords(option: Option): OptionWords {
  return {
    flags: [option.short, option.long].filter((flag) => flag !== undefined && flag !== null),
    description: option.description,
    value: option.argChoices ?? (option.required || option.optional ? 'typed' : 'none'),
  }
}

/** As the scripts name a place: `/ca/issue`; the program itself is empty. */
export const placeOf = ({ path }: Pick<CommandWords, 'path'>) => path.map((word) => `/${word}`).join('')

/** For shells in which a quote inside single quotes ends them. */
export const singleQuoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`
