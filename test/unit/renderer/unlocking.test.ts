import { afterEach, expect, it, vi } from 'vitest'
import { call, hasCode } from '../../../renderer/src/api'
import { settleUnlock } from '../../../renderer/src/unlock-request'

/** A main process whose keys are closed until the person has opened them. */
function closedKeys() {
  const asked: unknown[] = []
  let isOpen = false
  let noteRefusal: () => void = () => undefined
  const refused = new Promise<void>((resolve) => {
    noteRefusal = resolve
  })
  const answer = async (input: unknown) => {
    asked.push(input)
    // The refusal itself arrives before whatever was queued after it.
    setImmediate(noteRefusal)
    return isOpen
      ? { ok: true, value: 'imported' }
      : { ok: false, error: { code: 'vault-locked', message: '', detail: null } }
  }
  vi.stubGlobal('window', { latchkey: { 'identities.import': answer } })
  return {
    asked,
    refused,
    unlock() {
      isOpen = true
      settleUnlock(true)
    },
  }
}
afterEach(() => vi.unstubAllGlobals())

const uuid = '5f0c3e1a-8d5b-4b7e-9f67-0f6c2f4b9a11'
const fromTheDialog = { sources: [{ kind: 'ticket', ticket: uuid } as const], password: null, staged: null, job: uuid }

it('goes on with a file from the dialog once the keys are open, as with one that was dropped', async () => {
  const keys = closedKeys()
  const importing = call('identities.import', fromTheDialog)
  await keys.refused
  keys.unlock()
  expect(await importing).toBe('imported')
  expect(keys.asked).toEqual([fromTheDialog, fromTheDialog])
})

it('says that the keys are closed to whoever would rather not open them', async () => {
  const keys = closedKeys()
  const importing = call('identities.import', { ...fromTheDialog, staged: uuid })
  const refused = importing.catch((error: unknown) => hasCode(error, 'vault-locked'))
  await keys.refused
  settleUnlock(false)
  expect(await refused).toBe(true)
  expect(keys.asked).toHaveLength(1)
})
