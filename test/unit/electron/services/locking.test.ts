import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { openLocalDatabase } from '#electron/database/local'
import type { OpenedFile } from '#electron/pki/containers/opened'
import { systemClock } from '#electron/platform/clock'
import { createPreferences } from '#electron/platform/preferences'
import { systemRandom } from '#electron/platform/random'
import { createStage } from '#electron/services/identities/files'
import { createVaultService } from '#electron/services/vault'
import { AppPreferences } from '#shared/model/preferences'
import { temporaryFolder } from '../../../support/home'
import { memoryKeyring } from '../../../support/keyring'
import { openVault } from '../../../support/vault'

const pileWith = (pkcs8: Uint8Array) => {
  const file = { name: 'a.p12', keys: [{ pkcs8, spki: pkcs8 }], certificates: [], failures: [] }
  return { opened: [file as unknown as OpenedFile], pending: [] }
}

describe('locking', () => {
  let said: string[]
  beforeEach(() => {
    said = []
  })

  it('waits for what is under way, and then forgets everything that opens something', async () => {
    const home = temporaryFolder()
    const vault = openVault(home, memoryKeyring().keyring)
    const id = '5f0c3e1a-8d5b-4b7e-9f67-0f6c2f4b9a11'
    await vault.seal('private-key', id, Buffer.from('key'))
    let finish: () => void = () => undefined
    const running = new Promise<void>((resolve) => {
      finish = resolve
    })
    const service = createVaultService({
      vault,
      database: openLocalDatabase(home),
      clock: systemClock,
      operations: { settled: () => running },
      changed: (...topics) => said.push(...topics),
      preferences: createPreferences(join(home, 'preferences.json'), AppPreferences),
      unlocked: async () => undefined,
      forgetSecrets: () => said.push('forgotten'),
    })
    const locking = service.lock()
    // Its last step still gets the key.
    expect(Buffer.from(await vault.open('private-key', id)).toString()).toBe('key')
    expect(said).toEqual([])
    finish()
    expect(await locking).toMatchObject({ state: 'locked', lockedOnPurpose: true })
    expect(said).toEqual(['forgotten', 'vault', 'identities'])
    await expect(vault.open('private-key', id)).rejects.toMatchObject({ code: 'vault-locked' })
  })

  it('wipes the keys of files that wait, but not under whoever works with them', async () => {
    const stage = createStage(systemClock, systemRandom)
    const [idle, busy] = [Buffer.from('idle key'), Buffer.from('busy key')]
    const first = stage.put(pileWith(idle))
    const second = stage.put(pileWith(busy))
    await stage.use(second, async () => {
      stage.clear()
      expect(idle.every((octet) => octet === 0)).toBe(true)
      expect(busy.toString()).toBe('busy key')
    })
    for (const gone of [first, second])
      await expect(stage.use(gone, async () => 'still there')).rejects.toMatchObject({ code: 'ticket-expired' })
  })
})

describe('locking after idle time', () => {
  async function stage() {
    const home = temporaryFolder()
    const vault = openVault(home, memoryKeyring().keyring)
    await vault.seal('private-key', '5f0c3e1a-8d5b-4b7e-9f67-0f6c2f4b9a11', Buffer.from('key'))
    const path = join(home, 'preferences.json')
    const service = createVaultService({
      vault,
      database: openLocalDatabase(home),
      clock: systemClock,
      operations: { settled: async () => undefined },
      changed: () => undefined,
      preferences: createPreferences(path, AppPreferences),
      unlocked: async () => undefined,
      forgetSecrets: () => undefined,
    })
    const state = async () => (await service.state()).state
    return { service, state, path }
  }

  it('happens after a quarter of an hour when nothing was chosen, and not before', async () => {
    const { service, state } = await stage()
    expect(await service.lockAfter()).toBe(15)
    await service.lockWhenIdle(15 * 60 - 1)
    expect(await state()).toBe('unlocked')
    await service.lockWhenIdle(15 * 60)
    expect(await service.state()).toMatchObject({ state: 'locked', lockedOnPurpose: true })
  })

  it('happens when the computer is left', async () => {
    const { service, state } = await stage()
    await service.lockWhenIdle(Number.POSITIVE_INFINITY)
    expect(await state()).toBe('locked')
  })

  it('keeps to what was chosen, also never', async () => {
    const { service, state, path } = await stage()
    expect(await service.setLockAfter(null)).toBeNull()
    await service.lockWhenIdle(Number.POSITIVE_INFINITY)
    expect(await state()).toBe('unlocked')
    expect(await createPreferences(path, AppPreferences).read()).toMatchObject({ lockAfter: null })
    await service.setLockAfter(5)
    await service.lockWhenIdle(5 * 60)
    expect(await state()).toBe('locked')
  })

  it.each(['', '{', '[]', '{"lockAfter":1}', '{"lockAfter":"never"}', 'null'])(
    'takes %j in the file for no choice',
    async (text) => {
      const { service, path } = await stage()
      writeFileSync(path, text)
      expect(await service.lockAfter()).toBe(15)
    },
  )
})
