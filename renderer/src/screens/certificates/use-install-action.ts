import { IconDownload } from '@tabler/icons-react'
import { isInstalled } from '#shared/logic/installed'
import type { IdentityDetail } from '#shared/model/identity'
import { useAction, useAnswer } from '../../api'
import type { ThingAction } from '../../components/shown-thing'
import { mainStore } from './next-action'

/** What the button “Install on this computer” does, for the menu and the palette; null where it would change nothing. */
export function useInstallAction({ summary, certificate, installs }: IdentityDetail): {
  action: ThingAction | null
  error: unknown
} {
  const { data: stores } = useAnswer('installs.stores', undefined)
  const install = useAction('installs.install')
  const store = mainStore(stores)
  const isThere = installs.some((one) => one.store === store?.id && isInstalled(one, summary.sha256))
  if (store === undefined || isThere || certificate === null || !summary.keyInVault)
    return { action: null, error: install.error }
  return {
    action: {
      id: 'install',
      label: 'Install on this computer',
      words: 'browser chrome firefox edge keychain windows store nss trust put add',
      Icon: IconDownload,
      run: () => install.mutate({ identity: summary.id, store: store.id, trust: 'certificate' }),
    },
    error: install.error,
  }
}
