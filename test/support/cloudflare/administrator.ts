import { z } from 'zod'
import type { CloudflareDouble } from './double'
import { readPermissions, writePermissions } from './permissions'
import type { Json } from './reply'
import { account } from './world'

const Answer = z.object({ success: z.boolean(), errors: z.array(z.unknown()), result: z.unknown() })
const Created = z.object({ id: z.string() })

/** Somebody in the dashboard: changes the account through the same API, and leaves no trace in the journal. */
export function administrator(double: CloudflareDouble) {
  const token = double.addToken({ permissions: new Set([...readPermissions, ...writePermissions]) })

  async function call(
    method: string,
    path: string,
    body?: Json,
  ): Promise<{ status: number; result: unknown; errors: unknown[] }> {
    const before = double.journal.length
    const response = await fetch(`${double.base}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const { result, errors } = Answer.parse(await response.json())
    double.journal.splice(before, 1)
    return { status: response.status, result, errors }
  }

  /** The id of what was made below the account; anything but 201 is a fault of the test. */
  async function make(path: string, body: Json): Promise<string> {
    const { status, result, errors } = await call('POST', `/accounts/${account}/access/${path}`, body)
    if (status !== 201) throw new Error(`${path}: ${status} ${JSON.stringify(errors)}`)
    return Created.parse(result).id
  }

  return {
    call,
    certificate: (name: string, pem: string, hostnames: string[] = []) =>
      make('certificates', { name, certificate: pem, associated_hostnames: hostnames }),
    policy: (fields: Json) => make('policies', { decision: 'non_identity', include: [{ certificate: {} }], ...fields }),
    group: (fields: Json) => make('groups', fields),
    application: (domain: string, policies: unknown[] = [], fields: Json = {}) =>
      make('apps', { name: domain, type: 'self_hosted', domain, policies, ...fields }),
    settings: (settings: Json[]) => call('PUT', `/accounts/${account}/access/certificates/settings`, { settings }),
  }
}

export type Administrator = ReturnType<typeof administrator>
