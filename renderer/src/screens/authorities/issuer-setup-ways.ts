import { IconFileImport, IconListNumbers, IconPlugConnected, IconRubberStamp } from '@tabler/icons-react'

/** The ways to an issuer, the usual one first. */
export const ways = [
  { window: 'issuer-set-up', label: 'Set up in three steps', Icon: IconListNumbers },
  { window: 'new-root', label: 'Create a root', Icon: IconRubberStamp },
  { window: 'import-issuer', label: 'Import an existing CA', Icon: IconFileImport },
  { window: 'connect-signer', label: 'Connect a cfssl signer', Icon: IconPlugConnected },
] as const
