import type { Handlers } from '#shared/ipc/contract'
import { findExpiring } from '#shared/logic/expiring/find'
import { placesOf } from '#shared/logic/expiring/groups'
import type { DatedCertificate } from '#shared/logic/expiring/replaced'
import type { IdentitySummary } from '#shared/model/identity'
import type { World } from '../world'
import { datedStored } from './stored'

/** The real judgement on what is pretended. */
export function pretendExpiring(
  world: World,
  listIssuers: Handlers['authorities.list'],
): Pick<Handlers, 'expiring.places' | 'expiring.addToCalendar' | 'expiring.dailyCheck' | 'expiring.setDailyCheck'> {
  let isOn = false
  return {
    'expiring.places': async () => {
      const now = new Date()
      const certificates = world.identities.flatMap(({ summary }) => dated(summary))
      const expiring = findExpiring(
        {
          certificates,
          stored: datedStored(world),
          issuers: await listIssuers(undefined),
          hosts: world.hosts,
          accounts: [],
        },
        now,
      )
      return placesOf(expiring, now)
    },
    'expiring.dailyCheck': async () => ({ isOn }),
    'expiring.setDailyCheck': async (wanted) => {
      isOn = wanted.isOn
      return { isOn }
    },
    'expiring.addToCalendar': async () => ({ name: 'ada-ci-runner-expires.ics' }),
  }
}

function dated({ id, name, issuer, notBefore, notAfter, sha256, practice }: IdentitySummary): DatedCertificate[] {
  if (practice || sha256 === null || notBefore === null || notAfter === null) return []
  return [
    {
      identity: id,
      sha256,
      name,
      label: name,
      issuer: issuer ?? '',
      begins: notBefore,
      ends: notAfter,
      replaces: null,
    },
  ]
}
