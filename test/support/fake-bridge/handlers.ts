import type { Handlers } from '#shared/ipc/contract'
import { activityAreas } from '#shared/model/activity'
import { pretendAccess } from './areas/access'
import { pretendAreas } from './areas/areas'
import { pretendBackup } from './areas/backup'
import { pretendConnections } from './areas/connections'
import { pretendDesktop } from './areas/desktop'
import { pretendExpiring } from './areas/expiring'
import { pretendFiles } from './areas/files'
import { pretendIdentities } from './areas/identities'
import { pretendInstalls } from './areas/installs'
import { pretendInterrupted } from './areas/interrupted'
import { pretendTemplates } from './areas/issue-templates'
import { pretendSeveral } from './areas/issued-several'
import { pretendLab } from './areas/lab'
import { pretendSetup } from './areas/setup'
import { pretendSiteCheck } from './areas/site-check'
import { pretendStored } from './areas/stored'
import { pretendUpdates } from './areas/updates'
import { pretendVault } from './areas/vault'
import { createAuthorityStories } from './authorities'
import { inDays } from './examples'
import { type Pretence, page } from './pretence'

/** The whole pretended main process, area by area. */
export function createHandlers(pretence: Pretence): Handlers {
  const { world } = pretence
  const issuers = createAuthorityStories(pretence)
  return {
    ...pretendVault(pretence),
    ...pretendIdentities(pretence),
    ...pretendInstalls(pretence),
    ...pretendConnections(pretence),
    ...pretendSiteCheck(pretence),
    ...pretendLab(pretence),
    ...pretendFiles(pretence),
    ...pretendInterrupted(pretence),
    ...pretendAccess(pretence),
    ...issuers,
    ...pretendSeveral(pretence, issuers),
    ...pretendTemplates(pretence),
    ...pretendAreas(pretence, issuers['authorities.list']),
    ...pretendBackup(pretence),
    ...pretendSetup(pretence),
    ...pretendStored(world),
    ...pretendExpiring(world, issuers['authorities.list']),
    ...pretendDesktop(),
    ...pretendUpdates(pretence),
    'home.state': async () => world.home,
    'home.repair': async () => {
      world.home = { ...world.home, openness: 'closed' }
      pretence.changed('vault', 'activity')
      return world.home
    },
    'home.recovery': async () => ({ folder: '~/.config/latchkey', copies: [{ version: 9, at: inDays(-12) }] }),
    'home.openFolder': async () => true,
    'home.recover': async () => {
      world.scene = 'full'
      return true
    },
    'jobs.cancel': async ({ job }) => {
      pretence.cancel(job)
      return true
    },
    'activity.list': async ({ area, ...wanted }) =>
      page(
        world.activity.filter(({ kind }) => area === null || activityAreas[kind] === area),
        wanted,
      ),
  }
}
