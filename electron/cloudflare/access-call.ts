import type { JsonObject } from '#shared/model/access-rule'

/** A request to Cloudflare's API, below `/client/v4`. */
export interface AccessCall {
  method: 'POST' | 'PUT' | 'DELETE'
  path: string
  body: JsonObject | null
}
