import {
  IconArchive,
  IconBan,
  IconBuildingBank,
  IconCertificate,
  IconDeviceDesktopCheck,
  IconFileExport,
  IconFileImport,
  IconKey,
  IconListCheck,
  IconLockOpen,
  IconPlugConnected,
  IconRefresh,
  IconRestore,
  IconSchool,
  IconShieldCheck,
  IconShieldLock,
  IconTrash,
} from '@tabler/icons-react'
import type { ActivityArea, ActivityKind } from '#shared/model/activity'

interface KindLook {
  icon: typeof IconKey
  color: 'indigo' | 'teal' | 'orange' | 'gray'
}

/** A picture for each kind; the sentence says everything. */
export const activityKinds: Record<ActivityKind, KindLook> = {
  'request-made': { icon: IconKey, color: 'indigo' },
  'certificate-imported': { icon: IconFileImport, color: 'indigo' },
  installed: { icon: IconDeviceDesktopCheck, color: 'teal' },
  trusted: { icon: IconShieldCheck, color: 'teal' },
  removed: { icon: IconTrash, color: 'gray' },
  tested: { icon: IconPlugConnected, color: 'indigo' },
  'identity-deleted': { icon: IconTrash, color: 'gray' },
  'key-exported': { icon: IconCertificate, color: 'orange' },
  'vault-created': { icon: IconShieldLock, color: 'teal' },
  'vault-unlocked': { icon: IconLockOpen, color: 'gray' },
  'vault-passphrase-set': { icon: IconShieldLock, color: 'teal' },
  'vault-reset': { icon: IconRestore, color: 'orange' },
  'change-discarded': { icon: IconTrash, color: 'orange' },
  'folder-closed': { icon: IconShieldLock, color: 'orange' },
  'folder-without-permissions': { icon: IconShieldLock, color: 'orange' },
  recovered: { icon: IconRestore, color: 'gray' },
  'practice-issued': { icon: IconSchool, color: 'indigo' },
  'issuer-created': { icon: IconBuildingBank, color: 'indigo' },
  'signer-connected': { icon: IconPlugConnected, color: 'indigo' },
  'issuer-imported': { icon: IconFileImport, color: 'indigo' },
  'issuer-passphrase-set': { icon: IconShieldLock, color: 'teal' },
  'issuer-rolled-over': { icon: IconRefresh, color: 'indigo' },
  'issuer-exported': { icon: IconFileExport, color: 'orange' },
  'issuer-archived': { icon: IconArchive, color: 'gray' },
  'issuer-brought-back': { icon: IconArchive, color: 'indigo' },
  'issuer-deleted': { icon: IconTrash, color: 'orange' },
  'certificates-issued': { icon: IconCertificate, color: 'indigo' },
  'certificate-renewed': { icon: IconRefresh, color: 'indigo' },
  'certificate-revoked': { icon: IconBan, color: 'orange' },
  'cloudflare-connected': { icon: IconPlugConnected, color: 'indigo' },
  'cloudflare-disconnected': { icon: IconTrash, color: 'gray' },
  'backup-made': { icon: IconArchive, color: 'gray' },
  'backup-restored': { icon: IconArchive, color: 'teal' },
  'cloudflare-changed': { icon: IconListCheck, color: 'orange' },
  'setup-file-made': { icon: IconFileExport, color: 'indigo' },
  'setup-file-used': { icon: IconFileImport, color: 'indigo' },
  'crl-written': { icon: IconListCheck, color: 'teal' },
}

export const areaNames: Readonly<Record<ActivityArea, string>> = {
  certificates: 'Certificates',
  sites: 'Sites',
  issuers: 'Issuers',
  access: 'Access',
  keys: 'Keys and storage',
}
