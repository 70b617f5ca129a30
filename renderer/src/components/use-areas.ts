import { noAreas } from '#shared/logic/areas'
import type { Areas } from '#shared/model/areas'
import { useAnswer } from '../api'

/** Which parts of the app are shown to this person. */
export const useAreas = (): Areas => useAnswer('areas.state', undefined).data ?? noAreas
