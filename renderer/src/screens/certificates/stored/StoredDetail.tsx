import { Stack, Text } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import { isUrgent, NOTICE_DAYS } from '#shared/logic/expiring/stages'
import { endTitle } from '#shared/logic/expiring/words'
import { daysLeft, expirySentence, hasEnded } from '#shared/logic/expiry'
import { isolated } from '#shared/logic/isolate'
import { certificateName, issuerName } from '#shared/logic/naming'
import type { StoredCertificate } from '#shared/model/stored'
import { AddToCalendarButton, useCalendarAction } from '../../../components/AddToCalendar'
import { ChainList } from '../../../components/ChainList'
import { DetailTop } from '../../../components/DetailTop'
import layout from '../../../components/layout.module.css'
import { NextCard } from '../../../components/NextCard'
import { AllFieldsButton } from '../../../components/object-details/PemDetails'
import { ThingMenuItems, useShownThing } from '../../../components/shown-thing'
import { useNow } from '../../../components/use-now'
import { storedBadge } from './StoredList'
import { StoredPlaces } from './StoredPlaces'
import { TestStored } from './TestStored'

/** A certificate that others have put into a store of this computer: looked at and tested, never changed. */
export function StoredDetail({ stored }: { stored: StoredCertificate }) {
  const now = useNow()
  const { certificate, chain } = stored
  const about = { stored: certificate.sha256 }
  const actions = [useCalendarAction(about)]
  useShownThing({ id: certificate.sha256, name: certificateName(certificate) }, actions)
  return (
    <Stack gap="md">
      <DetailTop
        name={certificateName(certificate)}
        badge={storedBadge(stored, now)}
        facts={[
          `Issued by ${isolated(issuerName(certificate))}`,
          expirySentence(certificate.notBefore, certificate.notAfter, now),
        ]}
        menu={<ThingMenuItems actions={actions} />}
      />
      <Expiry stored={stored} now={now} />
      <Text size="sm" c="dimmed" className={layout.note}>
        <IconLock size={15} aria-hidden />
        Latchkey did not install this certificate, does not have its key, and changes nothing about it.
      </Text>
      <div className={layout.cards}>
        <StoredPlaces stored={stored} />
        <TestStored stored={stored} />
      </div>
      <ChainList chain={[certificate, ...chain]} lowest="This certificate" />
      <AllFieldsButton pem={certificate.pem} what="certificate" />
    </Stack>
  )
}

function Expiry({ stored: { certificate }, now }: { stored: StoredCertificate; now: Date }) {
  const { notAfter, sha256 } = certificate
  if (daysLeft(notAfter, now) > NOTICE_DAYS) return null
  return (
    <NextCard
      title={endTitle(notAfter, now)}
      tone={isUrgent(notAfter, now) ? 'red' : 'orange'}
      action={hasEnded(notAfter, now) ? null : <AddToCalendarButton about={{ stored: sha256 }} />}
    >
      Ask whoever issued it for a new one. Latchkey cannot renew it, because it does not have the key.
    </NextCard>
  )
}
