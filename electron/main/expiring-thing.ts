import type { Expiring } from '#shared/model/expiring'
import type { NotifiedThing } from '#shared/model/window-command'

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
