import { type CommandWords, placeOf } from './words'

/**
 * For Windows PowerShell 5.1 and PowerShell 7. Where nothing is offered, PowerShell completes file names by itself
 * (Register-ArgumentCompleter -Native).
 */
export function powershellCompletion(commands: readonly CommandWords[]): string {
  return `# Completion of latchkey for PowerShell. In $PROFILE: latchkey completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName 'latchkey' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $places = @{
${commands.map(placeLine).join('\n')}
    }
    $values = @{
${commands.flatMap(valueLines).join('\n')}
    }
    $place = ''
    $before = ''
    foreach ($element in $commandAst.CommandElements | Select-Object -Skip 1) {
        if ($element.Extent.EndOffset -ge $cursorPosition) { break }
        $before = $element.Extent.Text
        if ($before -eq '--') { return }
        if ($places.ContainsKey("$place/$before")) { $place = "$place/$before" }
    }
    $lead = ''
    if ($wordToComplete -match '^--[^=]*=') {
        $lead = $Matches[0]
        $before = $lead.TrimEnd('=')
        $wordToComplete = $wordToComplete.Substring($lead.Length)
    }
    $offered = $values["$place $before"]
    if ($null -eq $offered -and $lead -eq '') {
        $isOption = $wordToComplete.StartsWith('-')
        $offered = $places[$place] | Where-Object { $_.StartsWith('-') -eq $isOption }
    }
    foreach ($line in $offered) {
        $word, $text = $line -split '\\|', 2
        if ($word.StartsWith($wordToComplete)) {
            [System.Management.Automation.CompletionResult]::new("$lead$word", $word, 'ParameterValue', $text)
        }
    }
}
`
}

function placeLine(command: CommandWords): string {
  const words = [
    ...command.commands.map(({ name, summary }) => line(name, summary)),
    ...command.choices.map((choice) => line(choice, choice)),
    ...command.options.flatMap(({ flags, description }) => flags.map((flag) => line(flag, description))),
  ]
  return `        ${quoted(placeOf(command))} = @(${words.join(', ')})`
}

/** What is typed freely has an empty list, so that no command or option is offered in its place. */
function valueLines(command: CommandWords): string[] {
  return command.options.flatMap(({ flags, value }) => {
    if (value === 'none') return []
    const words = value === 'typed' ? [] : value.map((word) => line(word, word))
    return flags.map((flag) => `        ${quoted(`${placeOf(command)} ${flag}`)} = @(${words.join(', ')})`)
  })
}

/** One string: a list with a single list in it would be taken apart. */
const line = (word: string, description: string) => quoted(`${word}|${description}`)

/** PowerShell takes typographic quotes for quotes as well; all of them are escaped by doubling. */
const quoted = (text: string) => `'${text.replace(/['‘’‚‛]/gu, '$&$&')}'`
