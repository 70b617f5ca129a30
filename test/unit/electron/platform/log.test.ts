import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createFileLog, type LogFields } from '#electron/platform/log'
import { temporaryFolder } from '../../../support/home'

it('writes one JSON line for each event, readable by its owner alone', () => {
  const path = join(temporaryFolder(), 'latchkey.log')
  const log = createFileLog(path)
  log.info('command', { command: 'certutil', exitCode: 0 })
  log.error('two\nlines')
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n')
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { level: 'info', event: 'command', command: 'certutil', exitCode: 0 },
    { level: 'error', event: 'two\nlines' },
  ])
  expect(statSync(path).mode & 0o777).toBe(0o600)
})

it('keeps what is not on its list to itself', () => {
  const path = join(temporaryFolder(), 'latchkey.log')
  const careless = { code: 'x', password: 'planted-secret', error: { key: 'planted-secret' } }
  const fields: LogFields = careless
  createFileLog(path).warn('careless', fields)
  expect(readFileSync(path, 'utf8')).not.toContain('planted-secret')
})

it('begins anew at 1 MiB and keeps one older file', () => {
  const path = join(temporaryFolder(), 'latchkey.log')
  const log = createFileLog(path)
  for (let at = 0; at < 24; at += 1) log.info('x'.repeat(100_000))
  expect(statSync(path).size).toBeLessThan(1.2 * 1024 * 1024)
  expect(statSync(`${path}.1`).size).toBeLessThan(1.2 * 1024 * 1024)
  expect(existsSync(`${path}.2`)).toBe(false)
})

it('is silent where it cannot write', () => {
  createFileLog('/nowhere/latchkey.log').error('lost')
})
