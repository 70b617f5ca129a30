import { accessScreens } from './screens/access.mjs'
import { arrivingScreens } from './screens/arriving-files.mjs'
import { certificateScreens } from './screens/certificates.mjs'
import { issuerScreens } from './screens/issuers.mjs'
import { practiceScreens } from './screens/practice.mjs'
import { settingsScreens } from './screens/settings.mjs'
import { siteScreens } from './screens/sites.mjs'
import { startScreens } from './screens/start.mjs'

/** What the driver of `npm run screens` does before it takes a picture: a scene of the pretended back end, and the way from its start. */
export const screens = [
  ...certificateScreens,
  ...startScreens,
  ...arrivingScreens,
  ...siteScreens,
  ...issuerScreens,
  ...accessScreens,
  ...practiceScreens,
  ...settingsScreens,
]
