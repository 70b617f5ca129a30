import { useEffect } from 'react'
import { isShown } from '#shared/logic/areas'
import type { AreaName, Areas } from '#shared/model/areas'
import { call, useAnswer } from '../api'
import { type Screen, useNavigation } from '../navigation'

/** The screens that only an administrator needs. */
const areaOfScreen: Partial<Record<Screen, AreaName>> = { authorities: 'issuers', access: 'access' }

export function isScreenShown(screen: Screen, areas: Areas): boolean {
  const area = areaOfScreen[screen]
  return area === undefined || isShown(area, areas)
}

/** Whoever goes there, by the palette for example, finds the way back in the side bar from then on. */
export function AreaVisits() {
  const { screen } = useNavigation()
  const { data: areas } = useAnswer('areas.state', undefined)
  const area = areaOfScreen[screen]
  const isNew = area !== undefined && areas !== undefined && !areas[area].isSwitchedOn && !areas[area].isHidden
  useEffect(() => {
    if (isNew) void call('areas.switchOn', { area, isOn: true }).catch(() => undefined)
  }, [isNew, area])
  return null
}
