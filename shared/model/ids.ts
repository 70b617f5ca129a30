import { z } from 'zod'

const id = () => z.uuid()

export const IdentityId = id().brand<'IdentityId'>()
export type IdentityId = z.infer<typeof IdentityId>

export const HostId = id().brand<'HostId'>()
export type HostId = z.infer<typeof HostId>

export const ReportId = id().brand<'ReportId'>()
export type ReportId = z.infer<typeof ReportId>

export const InstallId = id().brand<'InstallId'>()
export type InstallId = z.infer<typeof InstallId>

export const OperationId = id().brand<'OperationId'>()
export type OperationId = z.infer<typeof OperationId>

export const TicketId = id().brand<'TicketId'>()
export type TicketId = z.infer<typeof TicketId>

/** Chosen by the caller, so that the work can be cancelled before the first answer arrives. */
export const JobId = id().brand<'JobId'>()
export type JobId = z.infer<typeof JobId>

/** Of a plan for Access that was begun: its journal is called after it. */
export const AccessRunId = id().brand<'AccessRunId'>()
export type AccessRunId = z.infer<typeof AccessRunId>

export const AuthorityId = id().brand<'AuthorityId'>()
export type AuthorityId = z.infer<typeof AuthorityId>

export const TemplateId = id().brand<'TemplateId'>()
export type TemplateId = z.infer<typeof TemplateId>

/** A parsed file waiting in the main process for a password or for its key file. */
export const StagedId = id().brand<'StagedId'>()
export type StagedId = z.infer<typeof StagedId>

/** 'nss-user', 'macos-login', 'windows-user', … */
export const StoreId = z
  .string()
  .regex(/^[a-z][a-z0-9-]*(:\w[\w.-]*)?$/u)
  .max(120)
  .brand<'StoreId'>()
export type StoreId = z.infer<typeof StoreId>

/** Lower-case hex of a SHA-256 over DER: the name of a certificate everywhere inside Latchkey. */
export const Sha256 = z
  .string()
  .regex(/^[0-9a-f]{64}$/u)
  .brand<'Sha256'>()
export type Sha256 = z.infer<typeof Sha256>

/** UTC, ISO 8601 with milliseconds. */
export const Instant = z.iso.datetime({ precision: 3 })
export type Instant = z.infer<typeof Instant>

/** Null for what has no such spelling: no date at all, or a year that is not four digits long. */
export function toInstant(date: Date): Instant | null {
  if (Number.isNaN(date.getTime())) return null
  return Instant.safeParse(date.toISOString()).data ?? null
}
