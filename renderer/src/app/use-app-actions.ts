import { useMantineColorScheme } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { appActions } from '#shared/logic/actions'
import type { ActionId } from '#shared/model/window-command'
import { call } from '../api'
import { showFailure, useNoticedAction } from '../components/failure-notice'
import { shownThing } from '../components/shown-thing'
import { useImport } from '../import/import-context'
import { useNavigation } from '../navigation'
import { openWish, type Wish } from '../screens/access/wishes/wish-store'

/** What each action of `shared/logic/actions.ts` does in this window. */
export function useAppActions(): Readonly<Record<ActionId, () => void>> {
  const { go, open } = useNavigation()
  const { choose, chooseToLook } = useImport()
  const { setColorScheme } = useMantineColorScheme()
  const lock = useNoticedAction('vault.lock', 'The keys were not locked.')
  const showLog = useNoticedAction('app.showLog', 'The log was not opened.')
  const showLicences = useNoticedAction('app.showLicences', 'The licences were not opened.')
  const openLink = useNoticedAction('app.openLink', 'The page was not opened.')
  const onWindow = useNoticedAction('app.window', 'The window was not changed.')
  const wish = (chosen: Wish) => {
    openWish.set({ wish: chosen, issuer: null })
    go({ screen: 'access', view: 'overview' })
  }
  return {
    new: () => open('new'),
    open: () => void choose(),
    look: () => void chooseToLook(),
    convert: () => open('convert'),
    export: () => withShown('export', () => go({ screen: 'certificates' })),
    renew: () => withShown('renew', () => go({ screen: 'certificates' })),
    backup: () => go({ screen: 'settings', section: 'backup' }),
    'check-site': () => go({ screen: 'site-check' }),
    'add-site': () => open('add-site'),
    'test-all': () => {
      go({ screen: 'connections' })
      void testEverySite()
    },
    lock: () => lock.mutate(undefined),
    find: () => find(() => open('palette')),
    palette: () => open('palette'),
    certificates: () => go({ screen: 'certificates' }),
    connections: () => go({ screen: 'connections' }),
    authorities: () => go({ screen: 'authorities' }),
    access: () => go({ screen: 'access', view: 'overview' }),
    'who-gets-in': () => go({ screen: 'access', view: 'explain' }),
    protect: () => wish('protect'),
    block: () => wish('block'),
    'roll-over': () => wish('roll-over'),
    'expiry-alert': () => wish('alert'),
    practice: () => go({ screen: 'practice' }),
    activity: () => go({ screen: 'activity' }),
    settings: () => go({ screen: 'settings' }),
    issue: () => go({ screen: 'authorities', issuerView: 'issue', requests: null }),
    issued: () => go({ screen: 'authorities', issuerView: 'issued' }),
    'issuer-set-up': () => open('issuer-set-up'),
    'new-root': () => open('new-root'),
    'import-issuer': () => open('import-issuer'),
    'connect-signer': () => open('connect-signer'),
    'setup-file': () => open('setup-file'),
    light: () => setColorScheme('light'),
    dark: () => setColorScheme('dark'),
    system: () => setColorScheme('auto'),
    about: () => go({ screen: 'settings', section: 'about' }),
    'command-tool': () => go({ screen: 'settings', section: 'command-tool' }),
    walkthrough: () => openLink.mutate({ link: 'access-mtls' }),
    diagnostics: () => void copyDiagnosticReport(),
    log: () => showLog.mutate(undefined),
    licences: () => showLicences.mutate(undefined),
    'zoom-in': () => onWindow.mutate({ act: 'zoom-in' }),
    'zoom-out': () => onWindow.mutate({ act: 'zoom-out' }),
    'zoom-reset': () => onWindow.mutate({ act: 'zoom-reset' }),
    'full-screen': () => onWindow.mutate({ act: 'full-screen' }),
    quit: () => onWindow.mutate({ act: 'quit' }),
  }
}

/** The certificate on the screen; without one, the screen where it can be chosen. */
function withShown(wanted: 'export' | 'renew', goToCertificates: () => void): void {
  const action = shownThing.get()?.actions.find(({ id }) => id === wanted)
  if (action === undefined) {
    goToCertificates()
    notifications.show({
      title: 'Choose a certificate first.',
      message: `Then choose ${appActions[wanted].label} again.`,
    })
  } else action.run()
}

/** The search field on the screen, or in the dialog above it; where there is none, the search over everything. */
function find(searchEverything: () => void): void {
  const dialogs = document.querySelectorAll('[role="dialog"]')
  const place = dialogs.item(dialogs.length - 1) ?? document.querySelector('main')
  const field = place?.querySelector<HTMLInputElement>('input[type="search"]')
  if (field != null && field.offsetParent !== null) field.select()
  else if (dialogs.length === 0) searchEverything()
}

/** On an empty list there is nothing to test, and the screen says what to do. */
async function testEverySite(): Promise<void> {
  try {
    const [{ rows }, certificates, lab] = await Promise.all([
      call('hosts.list', { limit: 1000 }),
      call('identities.list', { limit: 1000 }),
      call('lab.state', undefined),
    ])
    const { startTestAll } = await import('../screens/connections/use-start-test-all')
    startTestAll(rows, certificates.rows, lab.running)
  } catch (error) {
    showFailure('The sites could not be tested.', error)
  }
}

async function copyDiagnosticReport(): Promise<void> {
  const { text } = await call('app.diagnostics', undefined)
  await call('app.copy', { text })
  notifications.show({
    color: 'teal',
    title: 'Diagnostic report copied.',
    message: 'It contains versions and states, but no names, addresses or keys.',
  })
}
