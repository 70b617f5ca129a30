import { execFileSync } from 'node:child_process'
import { expect, it } from 'vitest'

/** What set-up says of a program that it ran: plain JavaScript, so it is called from a Node of its own. */
function outcomeOf(call: string): unknown {
  const script = `import { run } from './electron/setup/run.mjs'\nprocess.stdout.write(JSON.stringify(${call}))`
  return JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' }))
}

it('names a program that is missing, or does not end, where nothing else says why', () => {
  expect(outcomeOf("run('no-such-program', [], { quiet: true })")).toEqual({
    code: 1,
    output: expect.stringContaining('no-such-program ENOENT'),
  })
  expect(outcomeOf("run('sleep', ['60'], { quiet: true, timeoutMs: 100 })")).toEqual({
    code: 1,
    output: expect.stringContaining('sleep ETIMEDOUT'),
  })
})
