import { existsSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { expect, it } from 'vitest'
import { createDragFiles } from '#electron/main/drag-files'

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8)

it('writes each file whole, for its owner alone, and removes all of them when the app quits', async () => {
  const acts: (() => void)[] = []
  const write = createDragFiles((act) => acts.push(act))
  const paths = [await write('ada.csr', 'first'), await write('ada.csr', 'second')]
  expect(paths.map((path) => [basename(path), readFileSync(path, 'utf8')])).toEqual([
    ['ada.csr', 'first'],
    ['ada.csr', 'second'],
  ])
  for (const path of paths) {
    // The sweep at the next start knows the folders of a killed process by this.
    expect(basename(dirname(path))).toMatch(new RegExp(`^latchkey-${process.pid}-[A-Za-z0-9]{6}$`, 'u'))
    if (process.platform !== 'win32') expect([modeOf(path), modeOf(dirname(path))]).toEqual(['600', '700'])
  }
  for (const act of acts) act()
  expect(paths.map((path) => existsSync(dirname(path)))).toEqual([false, false])
})
