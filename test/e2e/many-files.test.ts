import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { z } from 'zod'
import { SecondStart } from '#electron/main/second-start'
import { commandOf, launchApp, newHome, removeHome } from '../support/app'

/** More than Chromium lets one start tell another: it would hang, and then end the window that is open. */
test('more files than one start can tell reach the window that is open, which goes on', async () => {
  const folder = newHome()
  const place = join(folder, 'a folder whose name is as long as those that people make for their certificates')
  mkdirSync(place)
  const files = Array.from({ length: 130 }, (_, index) => join(place, `certificate of somebody, number ${index}.pem`))
  for (const file of files) writeFileSync(file, 'no certificate')
  const first = await launchApp()
  try {
    const told = await first.app.evaluateHandle(({ app }) => {
      const all: unknown[] = []
      app.on('second-instance', (_event, _words, _folder, data) => all.push(data))
      return all
    })
    const { executable, args, env } = commandOf({ home: first.home, args: ['--', ...files] })
    const second = spawn(executable, args, { env, stdio: 'ignore' })
    expect(await once(second, 'exit')).toEqual([0, null])
    expect(first.app.process().exitCode).toBe(null)
    await expect(first.page.getByRole('dialog', { name: 'Certificate file' })).toBeVisible()
    const starts = z.array(SecondStart).parse(await told.jsonValue())
    expect(starts.flatMap((start) => start.files)).toEqual(files)
  } finally {
    await first.close()
    for (const home of [first.home, folder]) removeHome(home)
  }
})
