import type { AreaName, Areas } from '../model/areas'

const notUsed = { isUsed: false, isSwitchedOn: false, isHidden: false }

/** What is assumed until it is known. */
export const noAreas: Areas = { issuers: notUsed, access: notUsed, practice: { ...notUsed, isSwitchedOn: true } }

export function isShown(area: AreaName, areas: Areas): boolean {
  const { isUsed, isSwitchedOn, isHidden } = areas[area]
  return !isHidden && (isUsed || isSwitchedOn)
}
