import type { Services } from '#electron/services/services'
import { AppError } from '#shared/errors'
import type { Handlers } from '#shared/ipc/contract'
import { readSource } from '../read-source'
import type { Tickets } from './tickets'

export type FileHandlers = Pick<Handlers, 'files.inspect' | 'files.verify'>

interface Ports {
  services: Pick<Services, 'inspect' | 'verify'>
  tickets: Tickets
}

/** Looking at files without filing anything. */
export function createFileHandlers({ services, tickets }: Ports): FileHandlers {
  return {
    'files.inspect': async ({ sources, password }) =>
      services.inspect(await Promise.all(sources.map((source) => readSource(source, tickets))), password),
    'files.verify': async ({ sources, password }) => {
      const [file, ...others] = await Promise.all(sources.map((source) => readSource(source, tickets)))
      if (file === undefined) throw new AppError('invalid-input', 'no file')
      return services.verify({ file, others, roots: null, at: null, revocation: 'given', password })
    },
  }
}
