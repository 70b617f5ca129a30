import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readPages } from '#electron/cloudflare/pages'
import { clientOf, ofAccount } from '../../../support/cloudflare/client'
import { type CloudflareDouble, startCloudflareDouble } from '../../../support/cloudflare/double'

let double: CloudflareDouble
beforeEach(async () => {
  double = await startCloudflareDouble()
})
afterEach(() => double.stop())

const addGroups = (count: number) => {
  for (let index = 0; index < count; index += 1)
    double.world.groups.push({ id: `group-${index}`, fields: { name: `Group ${index}`, include: [{ everyone: {} }] } })
}
const groups = async () => (await clientOf(double).api.groups(ofAccount)).length

describe('a list', () => {
  it.each([
    [0, 1],
    [1000, 1],
    [1001, 2],
  ])('of %i is read in %i calls', async (count, calls) => {
    addGroups(count)
    expect(await groups()).toBe(count)
    expect(double.journal).toHaveLength(calls)
  })

  it('that does not say how long it is ends with an empty page', async () => {
    double.world.behaviour.withoutInfo = ['/access/groups']
    addGroups(3)
    expect(await groups()).toBe(3)
    expect(double.journal).toHaveLength(2)
  })

  it.each([[[]], [['/access/groups']]])(
    'that ignores the page is an error, and ends (without info: %j; cloudflare-typescript 2661, cloudflare-python 2682, cartography 2942)',
    async (withoutInfo) => {
      Object.assign(double.world.behaviour, { withoutInfo, ignoresPage: ['/access/groups'] })
      addGroups(1001)
      await expect(groups()).rejects.toMatchObject({
        code: 'cloudflare-answer-wrong',
        detail: 'groups: The same item is on two pages.',
      })
      expect(double.journal).toHaveLength(4)
    },
  )

  it('that changes meanwhile is read again, although the numbers add up', async () => {
    addGroups(1001)
    // The first page holds the newest ones: without it, the oldest moves to the page that was read already.
    const dropNewest = () => void double.world.groups.pop()
    double.upset('GET', '/access/groups', () => double.upset('GET', '/access/groups', dropNewest))
    expect(await groups()).toBe(1000)
    expect(double.journal).toHaveLength(3)
  })
})

describe('a list that contradicts itself', () => {
  const info = (total_count: number, total_pages: number) => ({ total_count, total_pages })
  const item = (id: string) => ({ id })
  it.each([
    ['empty, though it has items', [], info(3, 1), 'There are fewer items than it says.'],
    ['longer than it says', [item('a'), item('b')], info(1, 1), 'There are more items than it says.'],
  ])('%s', async (_what, result, result_info, why) => {
    await expect(readPages('list', async () => ({ success: true, result, result_info }))).rejects.toMatchObject({
      code: 'cloudflare-answer-wrong',
      detail: `list: ${why}`,
    })
  })

  it.each([[null], [{}], [[{ name: 'without an id' }]], [['text']]])('%j is no list', async (result) => {
    await expect(readPages('list', async () => ({ success: true, result }))).rejects.toMatchObject({
      code: 'cloudflare-answer-wrong',
    })
  })

  it('without an end', async () => {
    const read = async (page: number) => ({ success: true as const, result: [item(String(page))] })
    await expect(readPages('list', read)).rejects.toMatchObject({ detail: 'list: It does not end.' })
  })
})
