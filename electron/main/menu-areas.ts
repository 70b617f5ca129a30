import type { Services } from '#electron/services/services'
import type { Topic } from '#shared/ipc/events'
import { isShown } from '#shared/logic/areas'
import type { AreaName } from '#shared/model/areas'
import type { ShowMenu } from './menu'

/** What may show another part of the app, or hide it. */
const decisive: readonly Topic[] = ['areas', 'authorities', 'cloudflare', 'vault']

interface MenuAreasPorts {
  areas(): Promise<Pick<Services['areas'], 'state'>>
  show: ShowMenu
  onError(error: unknown): void
}

/** Keeps the menu in step with what the side bar shows. It is only made anew where that has changed: it may be open. */
export function createMenuAreas({ areas, show, onError }: MenuAreasPorts) {
  let shownBefore = ''

  async function refresh(): Promise<void> {
    try {
      const state = await (await areas()).state()
      const names: AreaName[] = ['issuers', 'access', 'practice']
      const shown = names.filter((area) => isShown(area, state)).join(' ')
      if (shown !== shownBefore) show(state)
      shownBefore = shown
    } catch (error) {
      onError(error)
    }
  }

  return {
    refresh,
    async noteChange(topics: readonly Topic[]): Promise<void> {
      if (topics.some((topic) => decisive.includes(topic))) await refresh()
    },
  }
}
