import { Text } from '@mantine/core'
import { ConfirmModal } from '../../components/ConfirmModal'

interface TrustProps {
  issuer: string | null
  opened: boolean
  onClose(): void
  onConfirm(): Promise<unknown>
}

/** Always a separate choice, with its consequence spelled out. */
export function TrustIssuer({ issuer, ...modal }: TrustProps) {
  return (
    <ConfirmModal
      {...modal}
      title="Trust the whole issuer?"
      action="Install and trust the issuer"
      understood="I trust whoever holds the issuer’s key with all my connections."
    >
      <Text className="wrap">
        Whoever holds the key of {issuer === null ? 'this issuer (CA)' : `“${issuer}”`} could then pretend to be any
        site to you. Signing in with your certificate does not need this.
      </Text>
      <Text>Do it only if your administrator asks for it and tells you why.</Text>
    </ConfirmModal>
  )
}
