import { app } from 'electron'
import { type Log, recordBug, thisBuild } from '#electron/platform/log'

/** What falls over leaves a line in the log. Nothing is caught here: what Node and Electron do with it, they do as before. */
export function recordFailures(log: Log): void {
  process.on('uncaughtExceptionMonitor', (error, origin) => recordBug(log, error, { operation: origin }))
  process.on('unhandledRejection', (reason) => {
    recordBug(log, reason, { operation: 'unhandledRejection' })
    // With a listener, Node no longer says it itself.
    console.error(reason)
  })
  app.on('render-process-gone', (_event, _contents, { reason, exitCode }) => {
    if (reason !== 'clean-exit') log.error('process-gone', { operation: 'window', reason, exitCode, ...thisBuild() })
  })
  app.on('child-process-gone', (_event, { type, reason, exitCode }) => {
    // Those that Latchkey ends itself, once their work is done or given up, are no failure.
    if (reason !== 'clean-exit' && reason !== 'killed')
      log.error('process-gone', { operation: type, reason, exitCode, ...thisBuild() })
  })
}
