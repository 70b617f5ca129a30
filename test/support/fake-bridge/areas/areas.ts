import type { Handlers } from '#shared/ipc/contract'
import type { AreaName, Areas } from '#shared/model/areas'
import type { Pretence } from '../pretence'

/** Which halves of the app are shown. */
export function pretendAreas(
  { world, changed }: Pretence,
  listIssuers: Handlers['authorities.list'],
): Pick<Handlers, 'areas.state' | 'areas.switchOn'> {
  const switchedOn = new Set<AreaName>()
  async function state(): Promise<Areas> {
    const area = (name: AreaName, isUsed: boolean) => ({
      isUsed,
      isSwitchedOn: switchedOn.has(name),
      isHidden: world.policy.kind === 'set' && world.policy.policy.hide.includes(name),
    })
    return {
      issuers: area('issuers', (await listIssuers(undefined)).length > 0),
      access: area('access', ['full', 'many', 'interrupted', 'policy-unusable', 'names'].includes(world.scene)),
      practice: area('practice', true),
    }
  }
  return {
    'areas.state': state,
    'areas.switchOn': async ({ area, isOn }) => {
      if (isOn) switchedOn.add(area)
      else switchedOn.delete(area)
      changed('areas')
      return state()
    },
  }
}
