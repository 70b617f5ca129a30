import { execFileSync, spawn } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { newHome, removeHome } from '../support/app'

const repository = join(import.meta.dirname, '..', '..')

test.skip(process.platform !== 'linux', 'The folder is packaged and run on Linux.')

/** Playwright cannot drive it: the fuses of a release refuse to be inspected. So it walks the practice journey by itself. */
test('the packaged folder shows its window and walks the practice journey', async () => {
  const home = newHome()
  const folder = join(home, 'dist')
  execFileSync(
    process.execPath,
    [join(repository, 'electron/setup/package.mjs'), '--linux', 'dir', `-c.directories.output=${folder}`],
    { stdio: 'pipe' },
  )
  const { code, output } = await run(join(folder, 'linux-unpacked', 'latchkey'), home)
  expect(output).toContain('Every step of the practice journey held.')
  expect(code).toBe(0)
  removeHome(home)
})

function run(executable: string, home: string): Promise<{ code: number | null; output: string }> {
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const environment = { ...process.env, HOME: home, LATCHKEY_HOME: join(home, 'latchkey') }
  return new Promise((resolve, reject) => {
    const child = spawn(executable, [...asRoot, '--guided-lab'], {
      env: environment,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const chunks: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, output: String(Buffer.concat(chunks)) }))
  })
}
