import { app } from 'electron'
import type { Services } from '#electron/services/services'

/**
 * Quits as a person would, but with this exit code. `app.exit` would stop the database worker in the middle of a statement,
 * and its native module then aborts the whole process.
 */
export function quitWith(code: number): void {
  app.once('quit', () => app.exit(code))
  app.quit()
}

/** Ends what we started (lab, jobs, database) before the process goes; a failed start has nothing to end. */
export function closeInOrder(services: () => Promise<Services>): void {
  let closed = false
  app.on('will-quit', (event) => {
    if (closed) return
    event.preventDefault()
    void services()
      .then((ready) => ready.close())
      .catch(() => undefined)
      .finally(() => {
        closed = true
        // Not within this very event: Electron would take it for part of the quit that was just prevented.
        setImmediate(() => app.quit())
      })
  })
}
