import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bundled } from './bundled.mjs'
import { open } from './open.mjs'

const entries = 100_000

/** What an administrator with 100,000 certificates waits for in the window; see `list.cjs`. */
export async function list() {
  const home = mkdtempSync(join(tmpdir(), 'latchkey-bench-'))
  try {
    execFileSync(process.execPath, [bundled('filling'), home, String(entries)])
    const running = open('list', { LATCHKEY_HOME: home })
    const measured = await running.next('keystrokeMs')
    await running.ended
    const { listMs, answerMs } = measured
    console.log(
      `  list of ${entries} opened in ${listMs.toFixed(0)} ms, the slowest answer drawn in ${answerMs.toFixed(1)} ms`,
    )
    return measured
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}
