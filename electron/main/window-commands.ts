import type { Expiring } from '#shared/model/expiring'
import type { IdentityId } from '#shared/model/ids'
import type { ActionId, NotifiedThing } from '#shared/model/window-command'

/** As it comes to this process; the window itself never sees a path. */
export type GivenCommand =
  | { kind: 'act'; action: ActionId }
  | { kind: 'show'; about: NotifiedThing }
  | { kind: 'renew'; identity: IdentityId }
  | { kind: 'files'; paths: string[] }
  /** A set-up file within a link, whatever it holds. */
  | { kind: 'link'; link: string }

export interface WindowCommands {
  give(command: GivenCommand): void
  /** Everything that waits, in order; it waits no longer. */
  takeAll(): GivenCommand[]
  /** What was taken and could not be handed over: it waits again, before all that came since. */
  giveBack(taken: GivenCommand[]): void
}

/**
 * What the menu, the system or a second start asks of the window. It is kept until the page fetches it: a message to a page
 * that does not listen yet would be lost without a word. `announce` tells a page that does listen to fetch.
 */
export function createWindowCommands(announce: () => void): WindowCommands {
  let waiting: GivenCommand[] = []
  return {
    give(command) {
      waiting = joined(waiting, command)
      announce()
    },
    takeAll() {
      const taken = waiting
      waiting = []
      return taken
    },
    giveBack(taken) {
      if (taken.length === 0) return
      waiting = [...taken, ...waiting]
      announce()
    },
  }
}

/** macOS hands files over one by one, and a menu entry may be chosen again when nothing seems to happen. */
function joined(waiting: GivenCommand[], command: GivenCommand): GivenCommand[] {
  const last = waiting.at(-1)
  if (command.kind === 'files' && last?.kind === 'files')
    return [...waiting.slice(0, -1), { kind: 'files', paths: [...last.paths, ...command.paths] }]
  if (command.kind === 'link' && last?.kind === 'link' && command.link === last.link) return waiting
  if (command.kind === 'act' && last?.kind === 'act' && command.action === last.action) return waiting
  return [...waiting, command]
}

/** What the window shows of something that is due. */
export function thingOf(about: Expiring): NotifiedThing {
  switch (about.kind) {
    case 'certificate':
      return { identity: about.identity }
    case 'stored':
      return { stored: about.sha256 }
    case 'uploaded-ca':
      return { uploadedCa: about.ca }
    case 'intermediate':
    case 'root':
    case 'crl':
      return { issuer: about.issuer }
  }
}
