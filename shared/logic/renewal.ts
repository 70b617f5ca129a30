import type { RenewalProgress, RenewalSite } from '../model/renewal'

/** What is still to be done before the old certificate can go. */
export type RenewalStage = 'install' | 'test' | 'refused' | 'nothing-tested' | 'works'

/**
 * From what was read back and tested alone. `works`: it is wherever the old one is, and lets in wherever the old one does.
 * `refused`: some site that the old one opens has not let the new one in. `nothing-tested`: no site says anything.
 */
export function renewalStage({ places, sites }: RenewalProgress): RenewalStage {
  if (places.some(({ hasNew }) => !hasNew)) return 'install'
  if (sites.some(({ worksWithNew }) => worksWithNew === null)) return 'test'
  if (sites.some(isWorse)) return 'refused'
  return sites.some(({ worksWithNew }) => worksWithNew === true) ? 'works' : 'nothing-tested'
}

/** The old one opens it, and the new one does not. */
export const isWorse = ({ worksWithOld, worksWithNew }: RenewalSite): boolean => worksWithOld && worksWithNew === false
