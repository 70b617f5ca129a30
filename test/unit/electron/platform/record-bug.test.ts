import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createFileLog, recordBug, recordFailure } from '#electron/platform/log'
import { AppError } from '#shared/errors'
import { temporaryFolder } from '../../../support/home'

it('writes down what kind of bug it was and where, and nothing that it says', () => {
  const path = join(temporaryFolder(), 'latchkey.log')
  const log = createFileLog(path)
  recordBug(log, new RangeError('planted-secret'), { channel: 'vault.unlock' })
  recordBug(log, new AppError('internal', 'planted-secret'), { operation: 'ca issue' })
  recordBug(log, 'planted-secret')
  const text = readFileSync(path, 'utf8')
  expect(text).not.toContain('planted-secret')
  const [range, internal, thrown] = text
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line))
  const frames = expect.arrayContaining([expect.stringMatching(/record-bug\.test\.ts:\d+:\d+$/u)])
  const here = { level: 'error', event: 'bug', version: '0.0.0-test', platform: process.platform }
  expect(range).toMatchObject({ ...here, channel: 'vault.unlock', errorClass: 'RangeError', frames })
  expect(internal).toMatchObject({ ...here, operation: 'ca issue', errorClass: 'AppError', code: 'internal', frames })
  expect(thrown).toMatchObject({ ...here, errorClass: 'NotAnError', frames: [] })
})

it('writes down what failed in the background: an error of ours by its code, a bug as a bug', () => {
  const path = join(temporaryFolder(), 'latchkey.log')
  const log = createFileLog(path)
  recordFailure(log, 'expiry-not-checked', new AppError('disk-full', 'planted-secret'), 'expiry')
  recordFailure(log, 'expiry-not-checked', new RangeError('planted-secret'), 'expiry')
  recordFailure(log, 'expiry-not-checked', new AppError('internal', 'planted-secret'), 'expiry')
  const text = readFileSync(path, 'utf8')
  expect(text).not.toContain('planted-secret')
  const lines = text
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line))
  const bug = { level: 'error', event: 'bug', operation: 'expiry' }
  expect(lines).toMatchObject([
    { level: 'warn', event: 'expiry-not-checked', code: 'disk-full' },
    { ...bug, errorClass: 'RangeError' },
    { ...bug, code: 'internal' },
  ])
})
