import { IconFileX, IconLockPassword, IconPlus, IconRefresh } from '@tabler/icons-react'
import type { AuthoritySummary } from '#shared/model/authority'
import type { ThingAction } from '../../../components/shown-thing'
import { hasEnded } from '../issuer-words'
import type { Task } from './TaskWindow'

/** What can be done with an issuer whose key is here. */
export function issuerActions(issuer: AuthoritySummary, now: Date, onTask: (task: Task) => void): ThingAction[] {
  if (!issuer.hasKey) return []
  const intermediate: ThingAction = {
    id: 'intermediate',
    label: 'Create an intermediate below it',
    words: 'new ca sub issuer',
    Icon: IconPlus,
    run: () => onTask('intermediate'),
  }
  const successor: ThingAction = {
    id: 'successor',
    label: 'Create a successor…',
    words: 'renew replace rollover roll over rotate ca',
    Icon: IconRefresh,
    run: () => onTask('successor'),
  }
  return [
    ...(hasEnded(issuer, now) ? [] : [intermediate]),
    ...(issuer.successor === null ? [successor] : []),
    {
      id: 'crl',
      label: 'Write a new revocation list…',
      words: 'crl revoke publish update',
      Icon: IconFileX,
      run: () => onTask('crl'),
    },
    {
      id: 'passphrase',
      label: 'Change the passphrase…',
      words: 'password secret key',
      Icon: IconLockPassword,
      run: () => onTask('passphrase'),
    },
  ]
}
