import type { RenewalKey, RenewalProgress } from '../model/renewal'
import { countOf } from './formatting'
import { isWorse, renewalStage } from './renewal'

/** What is known of a certificate before it is renewed. */
interface RenewalScope {
  key: RenewalKey
  /** Stores that have it, and sites that it was tested on. */
  places: number
  sites: number
}

/** What *Renew* does, step by step, before it is pressed. */
export function renewalSteps({ key, places, sites }: RenewalScope): string[] {
  return [
    key === 'new' ? 'Makes a new key under the same name.' : 'Makes a request with the same key and name.',
    'Gives you the request to send to your administrator.',
    places === 0 ? 'Installs it where you choose.' : `Installs it in the same ${placesWords(places)}.`,
    sites === 0 ? 'Tests a site that you choose.' : `Tests the same ${sitesWords(sites)}.`,
    'Offers to remove the old one.',
  ]
}

const placesWords = (count: number) => (count === 1 ? 'place' : countOf(count, 'place'))
const sitesWords = (count: number) => (count === 1 ? 'site' : countOf(count, 'site'))

/** Where it stands: "Installed in 1 of 2 places. Works on 0 of 3 sites." */
export function renewalProgressWords({ places, sites }: RenewalProgress): string {
  const installed = places.filter(({ hasNew }) => hasNew).length
  const works = sites.filter(({ worksWithNew }) => worksWithNew === true).length
  return [
    ...(places.length === 0 ? [] : [`Installed in ${installed} of ${countOf(places.length, 'place')}.`]),
    ...(sites.length === 0 ? [] : [`Works on ${works} of ${countOf(sites.length, 'site')}.`]),
  ].join(' ')
}

/** The headline of a renewal that goes on; `old`: the name of the certificate that is replaced. */
export function renewalTitle(progress: RenewalProgress, old: string): string {
  switch (renewalStage(progress)) {
    case 'install':
      return `Put it in the place of “${old}”`
    case 'test':
    case 'nothing-tested':
      return 'See whether it lets you in'
    case 'refused': {
      const worse = progress.sites.filter(isWorse).length
      return `${countOf(worse, 'site')} ${worse === 1 ? 'lets' : 'let'} the old certificate in and not this one`
    }
    case 'works':
      return 'The new certificate works'
  }
}
