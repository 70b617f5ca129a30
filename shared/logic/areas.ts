import type { AreaName, Areas } from '../model/areas'

const hidden = { isUsed: false, isSwitchedOn: false }

/** What is assumed until it is known. */
export const noAreas: Areas = { issuers: hidden, access: hidden }

export const isShown = (area: AreaName, areas: Areas): boolean => areas[area].isUsed || areas[area].isSwitchedOn
