/**
 * A named place where tests end the process as a power cut would. Armed only by two variables together, so that no
 * stray setting can ever do this to a person's work.
 */
export function failPoint(name: string): void {
  if (process.env['LATCHKEY_TEST'] === '1' && process.env['LATCHKEY_FAIL_POINT'] === name)
    process.kill(process.pid, 'SIGKILL')
}
