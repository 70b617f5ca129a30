import type { AuthorityDetail } from '#shared/model/authority'
import { NewIssuer } from '../make/NewIssuer'
import { ChangePassphrase } from './ChangePassphrase'
import { RollOver } from './RollOver'
import { WriteCrl } from './WriteCrl'

interface TaskWindowProps {
  task: Task
  detail: AuthorityDetail
  onClose(): void
}

export function TaskWindow({ task, detail: { summary }, onClose }: TaskWindowProps) {
  switch (task) {
    case 'intermediate':
      return <NewIssuer parent={summary} onClose={onClose} />
    case 'successor':
      return <RollOver issuer={summary} onClose={onClose} />
    case 'passphrase':
      return <ChangePassphrase issuer={summary} onClose={onClose} />
    case 'crl':
      return <WriteCrl issuer={summary} onClose={onClose} />
  }
}

/** What can be done to an issuer in a window of its own. */
export type Task = 'intermediate' | 'successor' | 'passphrase' | 'crl'
