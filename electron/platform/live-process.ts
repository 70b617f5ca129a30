/** Whether a process with this number runs now and is ours. Numbers are used again, so "yes" may mean another process of ours. */
export function isOurLiveProcess(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    // ESRCH: nobody. EPERM: the number belongs to another user's process.
    return false
  }
}
