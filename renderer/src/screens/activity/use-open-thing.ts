import { type Activity, type ActivityArea, activityAreas } from '#shared/model/activity'
import { useNavigation } from '../../navigation'

/** Leads from a line to what it is about; null where that is gone. A line without a thing of its own leads to its screen. */
export function useOpenThing({ kind, thing }: Activity): (() => void) | null {
  const { go } = useNavigation()
  if (thing === null) return openScreen(activityAreas[kind])
  if ('identity' in thing) return () => go({ screen: 'certificates', identity: thing.identity })
  if ('host' in thing) return () => go({ screen: 'connections', host: thing.host, report: null })
  return () => go({ screen: 'authorities', issuer: thing.issuer, issuerView: 'overview' })

  function openScreen(area: ActivityArea): (() => void) | null {
    switch (area) {
      case 'keys':
        return () => go({ screen: 'settings' })
      // What they were about is not here any more.
      case 'certificates':
      case 'sites':
      case 'issuers':
      case 'access':
        return null
    }
  }
}
