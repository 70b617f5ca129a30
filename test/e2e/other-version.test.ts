import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { openConnection } from '#electron/database/connection'
import { launchApp, newHome, removeHome } from '../support/app'

const home = newHome()
const file = (name: string) => join(home, 'latchkey', name)
test.afterAll(() => removeHome(home))

test('a window is told of a start of another version, and says which one is open', async () => {
  const running = await launchApp({ home })
  const { app } = running
  await expect.poll(() => existsSync(file('open-window.json'))).toBe(true)
  const own = await app.evaluate(({ app }) => app.getVersion())
  expect(JSON.parse(readFileSync(file('open-window.json'), 'utf8'))).toMatchObject({ version: own })
  await app.evaluate(({ app, dialog }) => {
    const shown: string[] = []
    Object.assign(globalThis, { shown })
    Object.assign(dialog, {
      showMessageBox: async (_window: unknown, { message }: { message: string }) => {
        shown.push(message)
        return { response: 1 }
      },
    })
    for (const version of [app.getVersion(), undefined, '99.0.0'])
      app.emit('second-instance', {}, [], '/', version === undefined ? { files: [] } : { files: [], version })
  })
  await expect
    .poll(() => app.evaluate(() => Reflect.get(globalThis, 'shown')))
    .toEqual([`Latchkey 99.0.0 was started, but Latchkey ${own} is still open.`])
  await running.close()
  expect(existsSync(file('open-window.json'))).toBe(false)
})

test('a window that finds records of a newer version names both', async () => {
  writeFileSync(file('version.json'), JSON.stringify({ version: '99.0.0' }))
  const raw = openConnection(file('latchkey.db'), { busyMs: 0 })
  raw.script('PRAGMA user_version = 999')
  raw.close()
  const running = await launchApp({ home })
  await expect(running.page.getByText('This data was written by a newer Latchkey.')).toBeVisible()
  await expect(running.page.getByText(/Latchkey 99\.0\.0 has written it, and this is Latchkey/u)).toBeVisible()
  await running.close()
})
