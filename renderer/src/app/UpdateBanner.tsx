import { Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useState } from 'react'
import { notInstalledWords } from '#shared/logic/update-words'
import { useAnswer } from '../api'
import { useNavigation } from '../navigation'
import { Banner } from './BannerStack'

/** The release which was ready has not replaced this one. Settings say so as well, under “Updates”. */
export function UpdateBanner() {
  const { data } = useAnswer('updates.state', undefined)
  const { screen } = useNavigation()
  const [isRead, setRead] = useState(false)
  const version = data?.notInstalled ?? null
  if (version === null || isRead || screen === 'settings') return null
  const { title, message } = notInstalledWords(version)
  return (
    <Banner icon={<IconAlertTriangle aria-hidden />} title={title} onClose={() => setRead(true)}>
      <Text size="sm">{message}</Text>
    </Banner>
  )
}
