import { z } from 'zod'

export const Page = z.strictObject({
  offset: z.number().int().min(0).max(10_000_000).default(0),
  limit: z.number().int().min(1).max(1000).default(200),
  search: z.string().max(200).default(''),
})
export type Page = z.infer<typeof Page>

/** Some rows of a list, and how many there are in all. */
export interface PageOf<Row> {
  rows: Row[]
  total: number
}

export const pageOf = <Row extends z.ZodType>(row: Row) =>
  z.strictObject({ rows: z.array(row), total: z.number().int().min(0) })
