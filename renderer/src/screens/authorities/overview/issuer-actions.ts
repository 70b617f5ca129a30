import {
  IconArchive,
  IconArchiveOff,
  IconFileExport,
  IconFileX,
  IconLockPassword,
  IconPlus,
  IconRefresh,
  IconTemplate,
  IconTrash,
} from '@tabler/icons-react'
import { canSign } from '#shared/logic/issuers'
import type { AuthoritySummary } from '#shared/model/authority'
import type { ThingAction } from '../../../components/shown-thing'
import { hasEnded } from '../issuer-words'
import type { Task } from './TaskWindow'

/** What can be done with an issuer: most of it only where its key is here. */
export function issuerActions(issuer: AuthoritySummary, now: Date, onTask: (task: Task) => void): ThingAction[] {
  const templates: ThingAction = {
    id: 'templates',
    label: 'Templates for issuing…',
    words: 'template profile preset names lifetime days',
    Icon: IconTemplate,
    run: () => onTask('templates'),
  }
  return [
    ...(issuer.hasKey ? keyActions(issuer, now, onTask) : []),
    ...(canSign(issuer) ? [templates] : []),
    ...recordActions(issuer, onTask),
  ]
}

function keyActions(issuer: AuthoritySummary, now: Date, onTask: (task: Task) => void): ThingAction[] {
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
    {
      id: 'export',
      label: 'Export the issuer…',
      words: 'backup save p12 pkcs12 key move copy ca',
      Icon: IconFileExport,
      run: () => onTask('export'),
    },
  ]
}

function recordActions({ archivedAt }: AuthoritySummary, onTask: (task: Task) => void): ThingAction[] {
  return [
    archivedAt === null
      ? {
          id: 'archive',
          label: 'Archive',
          words: 'hide old retire ca',
          Icon: IconArchive,
          run: () => onTask('archive'),
        }
      : {
          id: 'bring-back',
          label: 'Bring back from the archive',
          words: 'unarchive show restore ca',
          Icon: IconArchiveOff,
          run: () => onTask('bring-back'),
        },
    {
      id: 'delete',
      label: 'Delete…',
      words: 'remove erase destroy ca',
      Icon: IconTrash,
      isDangerous: true,
      run: () => onTask('delete'),
    },
  ]
}
