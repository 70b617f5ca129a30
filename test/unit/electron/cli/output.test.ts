import { expect, it } from 'vitest'
import { printOutcome } from '#electron/cli/output'
import { isolated, quoted } from '#shared/logic/isolate'

function printed(text: string): string {
  const taken: string[] = []
  const terminal = { out: (chunk: string) => taken.push(chunk), err: () => 0, finish: async () => null }
  printOutcome(terminal, 'expiring', false, { exitCode: 0, json: {}, text })
  return taken.join('')
}

it('prints a name from right to left as it is, without what isolates it in the window', () => {
  expect(printed(`${quoted('עדה')} expires in 3 days, issued by ${isolated('سلمى')}.`)).toBe(
    '“עדה” expires in 3 days, issued by سلمى.\n',
  )
})

it('shows what reverses text, and what isolates without an end', () => {
  expect(printed('Ada \u202eecalevoL \u2068x')).toBe('Ada \\u202eecalevoL \\u2068x\n')
})
