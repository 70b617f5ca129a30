import type { Call } from '#shared/ipc/contract'
import { call } from '../../../api'

type Saved = Call<'cloudflare.saveProtection'>

let next: Saved | null = null
let writing: Promise<void> | null = null

async function write(): Promise<void> {
  while (next !== null) {
    const saved = next
    next = null
    // The form goes on without it; what is typed after it is saved by itself.
    await call('cloudflare.saveProtection', saved).catch(() => undefined)
  }
  writing = null
}

/** Keeps what is typed, for the next start: the latest, one write at a time. Settles once everything is written. */
export function saveProtection(saved: Saved): Promise<void> {
  next = saved
  writing ??= write()
  return writing
}

/** Nothing that was typed before is written after it. */
export async function forgetProtection(account: Saved['account']): Promise<void> {
  next = null
  await writing
  await call('cloudflare.forgetProtection', { account }).catch(() => undefined)
}
