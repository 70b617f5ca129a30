import type { IdentitySummary } from '../model/identity'
import type { Install, Removal, Trust } from '../model/store'

/**
 * With which trust to install a certificate again, so that a removal is undone as a whole; null where it would not be: the
 * key is not in the vault, more than this certificate was there, or an issuer was trusted, which is never done by the way.
 */
export function trustForUndo(
  { keyInVault, sha256 }: Pick<IdentitySummary, 'keyInVault' | 'sha256'>,
  { trust, store, chainPresent }: Pick<Install, 'trust' | 'store' | 'chainPresent'>,
  { reached, certificates, privateKey }: Pick<Removal, 'reached' | 'certificates' | 'privateKey'>,
): Exclude<Trust, 'authority'> | null {
  const [only, ...others] = certificates
  const isWhole = reached && privateKey === 'removed' && only !== undefined && others.length === 0 && chainPresent
  if (!keyInVault || !isWhole || only.sha256 !== sha256 || !only.recorded) return null
  switch (trust.state) {
    case 'trusted':
      // Only macOS trusts a certificate by itself; elsewhere it was the issuer.
      return store.startsWith('macos-') ? 'certificate' : null
    case 'not-set':
      return 'none'
    case 'withheld':
    case 'not-needed':
      return 'certificate'
  }
}
