import { Argument, type Command } from 'commander'
import { z } from 'zod'
import { examples, withJson } from '../options'
import type { CommonOptions, Runner } from '../runner'
import { bashCompletion } from './bash'
import { fishCompletion } from './fish'
import { powershellCompletion } from './powershell'
import { type CommandWords, wordsOf } from './words'
import { zshCompletion } from './zsh'

const Shell = z.enum(['bash', 'zsh', 'fish', 'powershell'])

const scripts: Record<z.infer<typeof Shell>, (commands: readonly CommandWords[]) => string> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
  powershell: powershellCompletion,
}

const note = `
bash        source <(latchkey completion bash)                                    in ~/.bashrc
zsh         source <(latchkey completion zsh)                                     in ~/.zshrc, after compinit
fish        latchkey completion fish > ~/.config/fish/completions/latchkey.fish   once
PowerShell  latchkey completion powershell | Out-String | Invoke-Expression       in $PROFILE`

/** Needs the whole program to be defined: the script names every command. */
export function addCompletion(program: Command, runner: Runner): void {
  withJson(program.command('completion'))
    .summary('print a script that completes commands and options in your shell')
    .addArgument(new Argument('<shell>', 'your shell').choices(Shell.options))
    .addHelpText('after', `${note}\n${examples('latchkey completion bash')}`)
    .action((given: string, options: CommonOptions) =>
      runner.run('completion', options, 'nothing', async () => {
        const shell = Shell.parse(given)
        const script = scripts[shell](wordsOf(program))
        return { exitCode: 0, json: { shell, script }, text: script.trimEnd() }
      }),
    )
}
