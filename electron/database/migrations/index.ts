import { first } from './001-first'
import { lists } from './002-lists'
import { authorities } from './003-authorities'
import { signers } from './004-signers'
import { expiredEntries } from './005-expired-entries'
import { crlNumbers } from './006-crl-numbers'
import { authenticatedJournal } from './007-authenticated-journal'
import { listedAfterEnd } from './008-listed-after-end'
import { issuedElsewhere } from './009-issued-elsewhere'
import { accessLooks } from './010-access-looks'
import { warnings } from './011-warnings'
import { accessReadings } from './012-access-readings'
import { labels } from './013-labels'
import { archivedIssuers } from './014-archived-issuers'
import { keysMadeByIssuers } from './015-keys-made-by-issuers'
import { backups } from './016-backups'
import { renewals } from './017-renewals'
import { issueTemplates } from './018-issue-templates'
import { protections } from './019-protections'
import { namedIssuers } from './020-named-issuers'
import { rollOverTests } from './021-roll-over-tests'

/** In order; a number is never reused and a shipped migration never edited. */
export const migrations: readonly string[] = [
  first,
  lists,
  authorities,
  signers,
  expiredEntries,
  crlNumbers,
  authenticatedJournal,
  listedAfterEnd,
  issuedElsewhere,
  accessLooks,
  warnings,
  accessReadings,
  labels,
  archivedIssuers,
  keysMadeByIssuers,
  backups,
  renewals,
  issueTemplates,
  protections,
  namedIssuers,
  rollOverTests,
]
