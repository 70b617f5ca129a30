import type { Services } from '#electron/services/services'
import type { Handlers } from '#shared/ipc/contract'
import type { setupRows } from '#shared/ipc/setup-rows'
import { fileNameOf } from '#shared/logic/naming'
import { SETUP_ENDING } from '#shared/logic/setup-file'
import type { Desktop } from '../desktop'

interface Ports {
  services: Pick<Services, 'setupFiles'>
  desktop: Pick<Desktop, 'save'>
}

export function createSetupHandlers({
  services: { setupFiles },
  desktop,
}: Ports): Pick<Handlers, keyof typeof setupRows> {
  return {
    'setup.make': async (draft) => {
      const { text, ...made } = await setupFiles.make(draft)
      return { ...made, name: await desktop.save(fileNameOf(made.content.from, SETUP_ENDING), text) }
    },
    'setup.review': ({ file }) => setupFiles.review(file),
    'setup.use': ({ file, compared }) => setupFiles.use(file, compared),
  }
}
