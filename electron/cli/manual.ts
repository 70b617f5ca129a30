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
    ...files(),
    '',
  ].join('\n')
}

/** What Latchkey keeps for one person, and leaves when it is removed. */
const kept: readonly [path: string, what: string][] = [
  [
    '~/.config/Latchkey',
    'Private keys, certificates, sites, issuers and settings; on macOS ~/Library/Application Support/Latchkey, on Windows ' +
      '%LOCALAPPDATA%\\Latchkey. LATCHKEY_HOME names another folder.',
  ],
  [
    '~/.config/systemd/user/latchkey-expiry.timer, latchkey-expiry.service',
    'The daily check, if it was switched on in Settings; on macOS ~/Library/LaunchAgents/app.latchkey.expiry.plist, on ' +
      'Windows the task Latchkey\\Expiry.',
  ],
  [
    '~/.config/autostart/latchkey.desktop',
    'The start at login, if it was switched on in Settings; on macOS and Windows, the system lists it among its login items.',
  ],
  [
    '/usr/local/bin/latchkey, ~/.local/bin/latchkey',
    'On macOS, the link to this command, if it was installed in Settings, which removes it, too.',
  ],
]

const files = (): string[] => [
  '.SH FILES',
  ...kept.flatMap(([path, what]) => entry(path, what)),
  '.PP',
  escaped(
    'Removing the package leaves all of these. The master key of the private keys stays in the keyring, and certificates that ' +
      'were installed in browsers stay installed. Once the program is gone, neither the daily check nor the start at login starts anything.',
  ),
  '.PP',
  escaped(
    'To remove everything of yours: run “latchkey uninstall” for each certificate that is installed, and switch the daily ' +
      'check and the start at login off in Settings, all while Latchkey is there. Then remove the package. Delete the ' +
      'folder last, and only if nobody needs its private keys: without a backup they cannot be recovered.',
  ),
]

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
