import { Stack, Title } from '@mantine/core'
import layout from '../../components/layout.module.css'
import { About } from './About'
import { Appearance } from './Appearance'
import { Areas } from './Areas'
import { Backup } from './backup/Backup'
import { CertificateStores } from './CertificateStores'
import { CommandLineTool } from './CommandLineTool'
import { DailyCheck } from './DailyCheck'
import { InBackground } from './InBackground'
import { InterruptedChanges } from './InterruptedChanges'
import { Keys } from './Keys'
import { Managed } from './Managed'
import { ShowActivity } from './ShowActivity'
import { SoftwareUpdates } from './SoftwareUpdates'

export function Settings() {
  return (
    <div className={layout.page}>
      <Stack gap="lg" className={layout.narrow}>
        <Title order={1}>Settings</Title>
        <InterruptedChanges />
        <Managed />
        <Keys />
        <Backup />
        <DailyCheck />
        <CertificateStores />
        <Appearance />
        <InBackground />
        <CommandLineTool />
        <Areas />
        <ShowActivity />
        <SoftwareUpdates />
        <About />
      </Stack>
    </div>
  )
}
