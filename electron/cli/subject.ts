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

/** The input of `SubjectDraft`, not validated yet. */
export const subjectOf = (commonName: string, options: SubjectOptions) => ({
  commonName,
  organization: options.organization,
  organizationalUnit: options.unit,
  locality: options.locality,
  state: options.state,
  country: options.country,
})

/** Parses typed input with a schema. Errors: `invalid-input`, which names each invalid field. */
export function parsed<T>(schema: z.ZodType<T>, typed: unknown): T {
  const result = schema.safeParse(typed)
  if (result.success) return result.data
  const issues = result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
  throw new AppError('invalid-input', issues.join('; '))
}
