import { Stack, Title } from '@mantine/core'
import layout from '../../components/layout.module.css'
import { About } from './About'
import { Appearance } from './Appearance'
import { Areas } from './Areas'
import { Backup } from './backup/Backup'
import { CertificateStores } from './CertificateStores'
import { DailyCheck } from './DailyCheck'
import { InterruptedChanges } from './InterruptedChanges'
import { Keys } from './Keys'
import { ShowActivity } from './ShowActivity'

export function Settings() {
  return (
    <div className={layout.page}>
      <Stack gap="lg" className={layout.narrow}>
        <Title order={1}>Settings</Title>
        <InterruptedChanges />
        <Keys />
        <Backup />
        <DailyCheck />
        <CertificateStores />
        <Appearance />
        <Areas />
        <ShowActivity />
        <About />
      </Stack>
    </div>
  )
}
