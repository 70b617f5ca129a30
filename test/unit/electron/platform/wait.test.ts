import { expect, it } from 'vitest'
import { systemWait } from '#electron/platform/wait'

it('ends a wait as soon as it is cancelled, and does not begin one that was', async () => {
  const controller = new AbortController()
  const waiting = systemWait(600_000, controller.signal)
  controller.abort()
  await expect(waiting).rejects.toMatchObject({ code: 'cancelled' })
  await expect(systemWait(600_000, controller.signal)).rejects.toMatchObject({ code: 'cancelled' })
})

it('ends by itself', async () => {
  await systemWait(1, undefined)
})
