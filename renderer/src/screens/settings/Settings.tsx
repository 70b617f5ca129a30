import { Stack, Title } from '@mantine/core'
import { About } from './About'
import { Appearance } from './Appearance'
import { CertificatePlaces } from './CertificateStores'
import { InterruptedChanges } from './InterruptedChanges'
import { Keys } from './Keys'

export function Settings() {
  return (
    <div className="page">
      <Stack gap="lg" className="page-narrow">
        <Title order={1}>Settings</Title>
        <InterruptedChanges />
        <Keys />
        <CertificatePlaces />
        <Appearance />
        <About />
      </Stack>
    </div>
  )
}
