import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { withJournalLock } from '#electron/cloudflare/apply/journal-lock'
import { temporaryFolder } from '../../../../support/home'

const folder = temporaryFolder()
const journal = join(folder, 'plan.journal')
const lock = `${journal}.lock`

it('lets one at a time work on a journal, and is gone afterwards, also after an error', async () => {
  await withJournalLock(journal, async () => {
    await expect(withJournalLock(journal, async () => undefined)).rejects.toMatchObject({ code: 'busy' })
    expect(existsSync(lock)).toBe(true)
  })
  await expect(withJournalLock(journal, () => Promise.reject(new Error('Broken.')))).rejects.toThrow('Broken.')
  expect(existsSync(lock)).toBe(false)
  expect(await withJournalLock(journal, async () => 7)).toBe(7)
})

it('names its process from the moment it exists, or another would take it over', async () => {
  const seen = new Set<string>()
  const look = () => {
    try {
      seen.add(readFileSync(lock, 'utf8'))
    } catch (error) {
      expect(error).toMatchObject({ code: 'ENOENT' })
    }
  }
  for (let round = 0; round < 100; round += 1) {
    let isDone = false
    const working = withJournalLock(journal, async () => look()).finally(() => {
      isDone = true
    })
    while (!isDone) {
      look()
      await setImmediate()
    }
    await working
  }
  expect([...seen]).toEqual([`${process.pid}\n`])
  expect(readdirSync(folder)).toEqual([])
})

it('takes over the lock of a process that has died, and one that cannot be read', async () => {
  // No process has a number as high as this (pid_max of Linux is 2^22).
  for (const content of ['4194305\n', '', 'nonsense']) {
    writeFileSync(lock, content)
    expect(await withJournalLock(journal, async () => 7)).toBe(7)
  }
})

it('says where no lock can be made', async () => {
  await expect(withJournalLock(join(folder, 'nowhere', 'plan'), async () => 7)).rejects.toMatchObject({
    code: 'file-not-written',
  })
})
