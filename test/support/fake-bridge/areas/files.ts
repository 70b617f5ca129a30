import type { FileHandlers } from '#electron/main/ipc/file-handlers'
import { destinationFacts } from '#shared/model/convert'
import { AuthorityId, TicketId } from '#shared/model/ids'
import { issuedExample } from '../authority-examples'
import { certificate, uuid } from '../examples'
import { objectDetails } from '../object-details'
import { type Pretence, refuse } from '../pretence'

const ticket = () => TicketId.parse(uuid())

/** Every file holds the same certificate; its name decides whether it has a password. */
export function pretendFiles({ world, cancellable }: Pretence): FileHandlers {
  return {
    'app.commands': async () => world.commands.splice(0),
    'files.choose': async () => ({
      files: [{ kind: 'tickets', name: 'client.pem', import: ticket(), inspect: ticket() }],
      leftOut: 0,
    }),
    'files.inspect': async ({ source, password }) => {
      const name = source.kind === 'bytes' ? source.name : 'client.pem'
      const again = source.kind === 'bytes' ? null : ticket()
      if (/\.(p12|pfx)$/u.test(name) && password === null) {
        const failure = { where: '', code: 'password-needed' as const, detail: null }
        return { file: { name, format: null, objects: [], pairs: [], failures: [failure], notes: [] }, again }
      }
      const objects = [objectDetails(issuedExample(AuthorityId.parse(uuid()), 0), 'CN=Acme Client CA, O=Acme')]
      return { file: { name, format: 'PEM', objects, pairs: [], failures: [], notes: [] }, again }
    },
    'files.convert': async ({ destination, password, protection, job }) => {
      await cancellable(job, 400)
      if (password === 'wrong') throw refuse('wrong-password')
      const isPair = destination === 'curl' || destination === 'nginx'
      const names = [`ada-lovelace.${destinationFacts[destination].extension}`, ...(isPair ? ['ada-lovelace.key'] : [])]
      return { names, key: protection.plain ? 'plain' : 'encrypted' }
    },
    'files.verify': async () => {
      const path = [certificate('Ada Lovelace')]
      return { valid: true, at: new Date().toISOString(), path, reasons: [], notes: [] }
    },
  }
}
