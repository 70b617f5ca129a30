import type { Database } from '#electron/database/database'
import type { Preferences } from '#electron/platform/preferences'
import type { AreaName, Areas } from '#shared/model/areas'
import type { AppPreferences } from '#shared/model/preferences'
import type { Changed } from './changes'
import type { PolicyService } from './policy'

export interface AreasPorts {
  database: Pick<Database, 'authorities' | 'accessLooks'>
  /** Whether an API token of Cloudflare is kept. */
  hasCloudflareToken(): Promise<boolean>
  preferences: Preferences<AppPreferences>
  policy: Pick<PolicyService, 'isHidden' | 'require'>
  changed: Changed
}

/** Which parts of the app are shown to this person. */
export function createAreas({ database, hasCloudflareToken, preferences, policy, changed }: AreasPorts) {
  async function state(): Promise<Areas> {
    const [{ areasSwitchedOn }, hasIssuers, hasLooked, hasToken] = await Promise.all([
      preferences.read(),
      database.authorities.exist(),
      database.accessLooks.exist(),
      hasCloudflareToken(),
    ])
    const area = (name: AreaName, isUsed: boolean, isSwitchedOn = areasSwitchedOn.includes(name)) => ({
      isUsed,
      isSwitchedOn,
      isHidden: policy.isHidden(name),
    })
    return {
      issuers: area('issuers', hasIssuers),
      access: area('access', hasLooked || hasToken),
      practice: area('practice', false, true),
    }
  }

  return {
    state,
    /** Errors: `managed` for a part that the policy hides. */
    async switchOn(area: AreaName, isOn: boolean): Promise<Areas> {
      if (isOn && policy.isHidden(area)) policy.require(area)
      await preferences.change(({ areasSwitchedOn }) => {
        const others = areasSwitchedOn.filter((one) => one !== area)
        return { areasSwitchedOn: isOn ? [...others, area] : others }
      })
      changed('areas')
      return state()
    },
  }
}
