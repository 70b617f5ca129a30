import type { Command } from 'commander'
import type { z } from 'zod'
import { AppError } from '#shared/errors'

export interface SubjectOptions {
  organization: string
  unit: string
  locality: string
  state: string
  country: string
}

export const withSubject = (command: Command) =>
  command
    .option('--organization <text>', 'O', '')
    .option('--unit <text>', 'OU', '')
    .option('--locality <text>', 'L', '')
    .option('--state <text>', 'ST', '')
    .option('--country <code>', 'C, two letters', '')

/** Still unchecked, as `SubjectDraft` wants it. */
export const subjectOf = (commonName: string, options: SubjectOptions) => ({
  commonName,
  organization: options.organization,
  organizationalUnit: options.unit,
  locality: options.locality,
  state: options.state,
  country: options.country,
})

/** What was typed, checked by the model; `invalid-input` names each field that does not fit. */
export function parsed<T>(schema: z.ZodType<T>, typed: unknown): T {
  const result = schema.safeParse(typed)
  if (result.success) return result.data
  const issues = result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
  throw new AppError('invalid-input', issues.join('; '))
}
