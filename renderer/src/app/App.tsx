import { lazy, Suspense } from 'react'
import { ErrorBoundary } from '../components/ErrorBoundary'
import { UnseenWaiting, Waiting } from '../components/Waiting'
import { ImportProvider, ImportWindow } from '../import/ImportProvider'
import { WaitingFiles } from '../import/WaitingFiles'
import { NavigationProvider, type Overlay, type Screen, useNavigation } from '../navigation'
import { Certificates } from '../screens/certificates/Certificates'
import { chosenBackup } from '../screens/settings/backup/use-choose-backup'
import { SiteCheck } from '../screens/site-check/SiteCheck'
import { useStore } from '../store'
import styles from './App.module.css'
import { AreaVisits } from './areas'
import { BannerStack } from './BannerStack'
import { HomeBanner, InterruptedBanner, KeyLostBanner, UnrecordedKeysBanner } from './Banners'
import { ChangeBridge, CommandBridge } from './EventBridges'
import { OnceDrawn } from './OnceDrawn'
import { Shortcuts } from './Shortcuts'
import { SideBar } from './SideBar'
import { VaultGate } from './VaultGate'

const other = {
  connections: lazy(() => import('../screens/connections/Connections').then((m) => ({ default: m.Connections }))),
  authorities: lazy(() => import('../screens/authorities/Authorities').then((m) => ({ default: m.Authorities }))),
  // Loaded with the first screen, which is this one while there is no certificate.
  'site-check': SiteCheck,
  access: lazy(() => import('../screens/access/Access').then((m) => ({ default: m.Access }))),
  practice: lazy(() => import('../screens/practice/Practice').then((m) => ({ default: m.Practice }))),
  activity: lazy(() => import('../screens/activity/Activity').then((m) => ({ default: m.Activity }))),
  settings: lazy(() => import('../screens/settings/Settings').then((m) => ({ default: m.Settings }))),
} satisfies Record<Exclude<Screen, 'certificates'>, unknown>
const Notices = lazy(() => import('./Notices').then((m) => ({ default: m.Notices })))
const AwaitedTests = lazy(() =>
  import('../screens/connections/replace/AwaitedTests').then((m) => ({ default: m.AwaitedTests })),
)
const UpdateBanner = lazy(() => import('./UpdateBanner').then((m) => ({ default: m.UpdateBanner })))
const Palette = lazy(() => import('./Palette').then((m) => ({ default: m.Palette })))
const NewCertificate = lazy(() =>
  import('../screens/certificates/new/NewCertificate').then((m) => ({ default: m.NewCertificate })),
)
const AddSite = lazy(() => import('../screens/connections/AddSite').then((m) => ({ default: m.AddSite })))
const ConvertFiles = lazy(() =>
  import('../screens/certificates/export/ConvertFiles').then((m) => ({ default: m.ConvertFiles })),
)
const MakeSetupFile = lazy(() =>
  import('../screens/settings/MakeSetupFile').then((m) => ({ default: m.MakeSetupFile })),
)
const IssuerOverlays = lazy(() =>
  import('../screens/authorities/IssuerOverlays').then((m) => ({ default: m.IssuerOverlays })),
)
const RestoreBackup = lazy(() =>
  import('../screens/settings/backup/RestoreBackup').then((m) => ({ default: m.RestoreBackup })),
)

export function App() {
  return (
    <ErrorBoundary>
      <NavigationProvider>
        <ImportProvider>
          <ChangeBridge />
          <CommandBridge />
          <VaultGate>
            <Shortcuts />
            <AreaVisits />
            <div className={styles.shell}>
              <SideBar />
              <main className={styles.main} tabIndex={-1}>
                <BannerStack>
                  <KeyLostBanner />
                  <UnrecordedKeysBanner />
                  <HomeBanner />
                  <InterruptedBanner />
                  <OnceDrawn>
                    <UpdateBanner />
                  </OnceDrawn>
                </BannerStack>
                <CurrentScreen />
              </main>
            </div>
            <Overlays />
            <ImportWindow />
          </VaultGate>
          <WaitingFiles />
        </ImportProvider>
      </NavigationProvider>
    </ErrorBoundary>
  )
}

function CurrentScreen() {
  const { screen } = useNavigation()
  const Shown = screen === 'certificates' ? Certificates : other[screen]
  return (
    <div className={styles.screen}>
      <ErrorBoundary key={screen}>
        <Suspense fallback={<Waiting m="xl" />}>
          <Shown />
        </Suspense>
      </ErrorBoundary>
    </div>
  )
}

/** Loaded when first opened. */
function Overlays() {
  const { overlay } = useNavigation()
  const backup = useStore(chosenBackup)
  return (
    <Suspense fallback={<UnseenWaiting />}>
      <OnceDrawn>
        <Notices />
        <AwaitedTests />
      </OnceDrawn>
      {backup !== null && <RestoreBackup file={backup} onClose={() => chosenBackup.set(null)} />}
      {overlay !== null && <Opened overlay={overlay} />}
    </Suspense>
  )
}

function Opened({ overlay }: { overlay: Overlay }) {
  switch (overlay) {
    case 'palette':
      return <Palette />
    case 'add-site':
      return <AddSite />
    case 'new':
      return <NewCertificate />
    case 'convert':
      return <ConvertFiles />
    case 'setup-file':
      return <MakeSetupFile />
    default:
      return <IssuerOverlays overlay={overlay} />
  }
}
