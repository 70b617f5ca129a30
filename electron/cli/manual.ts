import type { Command } from 'commander'
import { summaryOf } from './completion/words'
import { examples, withJson } from './options'
import type { CommonOptions, Runner } from './runner'

const note = `
Read it with “latchkey manual | man -l -”, or save it as latchkey.1 in a folder man1 of your MANPATH.`

/** Needs the whole program to be defined: the page describes every command. */
export function addManual(program: Command, runner: Runner): void {
  withJson(program.command('manual'))
    .summary('print the manual page of all commands, for man')
    .addHelpText('after', `${note}\n${examples('latchkey manual')}`)
    .action((options: CommonOptions) =>
      runner.run('manual', options, 'nothing', async () => {
        const page = manualPage(program, __LATCHKEY_VERSION__)
        return { exitCode: 0, json: { page }, text: page.trimEnd() }
      }),
    )
}

/** In the macros of man(7), which man, mandoc and groff read. */
export function manualPage(program: Command, version: string): string {
  return [
    `.TH LATCHKEY 1 "" "Latchkey ${escaped(version)}" "User Commands"`,
    '.SH NAME',
    `latchkey \\- ${escaped(program.description()).replace(/\.$/u, '')}`,
    '.SH SYNOPSIS',
    '.B latchkey',
    escaped(program.usage()),
    '.SH DESCRIPTION',
    escaped(program.description()),
    ...afterHelp(program),
    '.SH COMMANDS',
    ...program.commands.flatMap((command) => sections(command, 'latchkey')),
    '',
  ].join('\n')
}

function sections(command: Command, before: string): string[] {
  const name = `${before} ${command.name()}`
  if (command.commands.length > 0) return command.commands.flatMap((child) => sections(child, name))
  const help = command.createHelp()
  return [
    `.SS "${escaped(`${name} ${command.usage()}`)}"`,
    escaped(summaryOf(command)),
    ...help.visibleArguments(command).flatMap((argument) => entry(argument.name(), argument.description)),
    ...help.visibleOptions(command).flatMap((option) => entry(option.flags, help.optionDescription(option))),
    ...afterHelp(command),
  ]
}

const entry = (term: string, description: string) => ['.TP', `.B "${escaped(term)}"`, escaped(description)]

/** Its lines stand as they are: tables and commands to copy. */
function afterHelp(command: Command): string[] {
  let whole = ''
  command.configureOutput({
    writeOut: (text) => {
      whole += text
    },
  })
  command.outputHelp()
  const lines = whole.slice(command.helpInformation().length).trim().split('\n')
  return lines[0] === '' ? [] : ['.PP', '.nf', ...lines.map(escaped), '.fi']
}

/** A dash of a man page is a hyphen unless escaped, and a dot or quote at the start of a line is a macro. */
function escaped(text: string): string {
  const plain = text.replaceAll('\\', '\\e').replaceAll('-', '\\-').replaceAll('"', '\\(dq')
  return /^[.']/u.test(plain) ? `\\&${plain}` : plain
}
