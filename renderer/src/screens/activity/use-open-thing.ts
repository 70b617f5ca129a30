import { type Activity, type ActivityArea, activityAreas } from '#shared/model/activity'
import { useNavigation } from '../../navigation'

/**
 * Leads from a line to what it is about; null where that is gone. A line without a thing of its own, or of which an earlier version
 * did not write it down, leads to its screen.
 */
export function useOpenThing({ kind, thing, isGone }: Activity): (() => void) | null {
  const { go } = useNavigation()
  const screens: Readonly<Record<ActivityArea, () => void>> = {
    keys: () => go({ screen: 'settings', section: isOfBackup(kind) ? 'backup' : null }),
    certificates: () => go({ screen: 'certificates' }),
    sites: () => go({ screen: 'connections' }),
    issuers: () => go({ screen: 'authorities' }),
    access: () => go({ screen: 'access', view: 'overview' }),
  }
  if (isGone || tellsOfDeletion(kind)) return null
  if (thing === null) return screens[activityAreas[kind]]
  if ('identity' in thing) return () => go({ screen: 'certificates', identity: thing.identity })
  if ('host' in thing) return () => go({ screen: 'connections', host: thing.host, report: null })
  return () => go({ screen: 'authorities', issuer: thing.issuer, issuerView: 'overview' })
}

/** Whether the line itself says that it is gone. */
export const tellsOfDeletion = (kind: Activity['kind']): boolean =>
  kind === 'identity-deleted' || kind === 'issuer-deleted'

const isOfBackup = (kind: Activity['kind']): boolean => kind === 'backup-made' || kind === 'backup-restored'
