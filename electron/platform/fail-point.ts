import { readEnvironment } from './environment'

/**
 * A named place where tests end the process as a power cut would. Armed only by two variables together, so that no
 * stray setting can ever do this to a person's work.
 */
export function failPoint(name: string): void {
  if (readEnvironment().failPoint === name) process.kill(process.pid, 'SIGKILL')
}
