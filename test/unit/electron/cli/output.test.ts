import { expect, it } from 'vitest'
import { printError, printOutcome } from '#electron/cli/output'
import { AppError } from '#shared/errors'
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

it('indents what a detail has in further lines, which are not Latchkey’s own', () => {
  const taken: string[] = []
  const terminal = { out: () => 0, err: (chunk: string) => taken.push(chunk), finish: async () => null }
  printError(terminal, 'install', false, new AppError('store-failed', 'certutil said\nVerified: yes'))
  expect(taken.join('')).toContain('\n  (certutil said\n    Verified: yes)\n')
})
