import type { Services } from '#electron/services/services'
import { formatIsoDate } from '#shared/logic/formatting'
import { isInstalled } from '#shared/logic/installed'
import type { IdentitySummary } from '#shared/model/identity'
import type { Install } from '#shared/model/store'

/** Reads from the stores where certificates are installed. */
export async function whereInstalled(services: Services, rows: IdentitySummary[]) {
  const { installs, unread } = await services.installs.refreshAll(
    rows.map(({ id, sha256 }) => ({ id, certificate: sha256 })),
  )
  const unreadable = new Map(unread.map(({ store, code }) => [store, code]))
  return {
    unread,
    of: (identity: string) => installs.filter((install) => install.identity === identity),
    in: (store: string) => installs.filter((install) => install.store === store),
    /** The state of an install, in words. */
    words(install: Install, certificate: string | null): string {
      const code = unreadable.get(install.store)
      const state = stateInWords(install, certificate)
      return code === undefined ? state : `${state} when last read on ${formatIsoDate(install.checkedAt)} (now ${code})`
    },
  }
}

function stateInWords(install: Install, certificate: string | null): string {
  const { present, keyPresent, certificates } = install
  if (!present) return keyPresent ? 'private key without its certificate' : 'no longer there'
  if (!keyPresent) return 'certificate without its private key'
  if (!isInstalled(install, certificate)) return 'an earlier certificate and its private key'
  const others = certificates.length - 1
  if (others < 1) return 'certificate and private key'
  return `certificate and private key, and ${others} other ${others === 1 ? 'certificate' : 'certificates'} of this key`
}
