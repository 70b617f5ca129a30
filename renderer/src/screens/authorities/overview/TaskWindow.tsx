import type { AuthorityDetail } from '#shared/model/authority'
import { NewIssuer } from '../make/NewIssuer'
import { IssueTemplates } from '../templates/IssueTemplates'
import { ArchiveIssuer } from './ArchiveIssuer'
import { ChangePassphrase } from './ChangePassphrase'
import { DeleteIssuer } from './DeleteIssuer'
import { ExportIssuer } from './ExportIssuer'
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
    case 'templates':
      return <IssueTemplates issuer={summary} onClose={onClose} />
    case 'crl':
      return <WriteCrl issuer={summary} onClose={onClose} />
    case 'export':
      return <ExportIssuer issuer={summary} onClose={onClose} />
    case 'archive':
    case 'bring-back':
      return <ArchiveIssuer issuer={summary} archived={task === 'archive'} onClose={onClose} />
    case 'delete':
      return <DeleteIssuer issuer={summary} onClose={onClose} />
  }
}

/** What can be done to an issuer in a window of its own. */
export type Task =
  | 'intermediate'
  | 'successor'
  | 'passphrase'
  | 'templates'
  | 'crl'
  | 'export'
  | 'archive'
  | 'bring-back'
  | 'delete'
