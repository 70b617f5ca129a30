import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { ownCommand } from './daily-check'

/**
 * Hands files over to the window that is open where one start cannot tell it of all of them: by further starts of this program, one
 * after another, with the options of this one.
 */
export async function startInPieces(pieces: readonly string[][]): Promise<void> {
  const [program, ...words] = ownCommand()
  const end = process.argv.indexOf('--')
  const given = process.argv.slice(1, end === -1 ? undefined : end).filter((word) => word.startsWith('-'))
  for (const files of pieces) {
    const next = spawn(program, [...words, ...given, '--', ...files], { stdio: 'ignore' })
    await Promise.race([once(next, 'exit'), once(next, 'error')])
  }
}
