import { hasCode } from './error-code'

/**
 * Who a process number belongs to now. Numbers are used again, so `ours` may mean another process of this account than the
 * one that was meant.
 */
export function ownerOfProcess(pid: number): 'ours' | 'another user' | 'nobody' {
  try {
    process.kill(pid, 0)
    return 'ours'
  } catch (error) {
    // ESRCH where there is no such process (kill(2)).
    return hasCode(error, 'EPERM') ? 'another user' : 'nobody'
  }
}

/** A number that belongs to another user by now says that our process is gone. */
export const isOurLiveProcess = (pid: number): boolean => ownerOfProcess(pid) === 'ours'
