import type { Database } from '#electron/database/database'
import type { Preferences } from '#electron/platform/preferences'
import type { AreaName, Areas } from '#shared/model/areas'
import type { AppPreferences } from '#shared/model/preferences'
import type { Changed } from './changes'

export interface AreasPorts {
  database: Pick<Database, 'authorities' | 'accessLooks'>
  /** Whether an API token of Cloudflare is kept. */
  hasCloudflareToken(): Promise<boolean>
  preferences: Preferences<AppPreferences>
  changed: Changed
}

/** Which halves of the app are shown to this person. */
export function createAreas({ database, hasCloudflareToken, preferences, changed }: AreasPorts) {
  async function state(): Promise<Areas> {
    const [{ areasSwitchedOn }, hasIssuers, hasLooked, hasToken] = await Promise.all([
      preferences.read(),
      database.authorities.exist(),
      database.accessLooks.exist(),
      hasCloudflareToken(),
    ])
    const area = (name: AreaName, isUsed: boolean) => ({ isUsed, isSwitchedOn: areasSwitchedOn.includes(name) })
    return { issuers: area('issuers', hasIssuers), access: area('access', hasLooked || hasToken) }
  }

  return {
    state,
    async switchOn(area: AreaName, isOn: boolean): Promise<Areas> {
      const chosen = await preferences.read()
      const others = chosen.areasSwitchedOn.filter((one) => one !== area)
      await preferences.write({ ...chosen, areasSwitchedOn: isOn ? [...others, area] : others })
      changed('areas')
      return state()
    },
  }
}
