import { Button, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { quoted } from '#shared/logic/isolate'
import type { AuthoritySummary } from '#shared/model/authority'
import { DialogButtons } from '../../../components/DialogButtons'
import { OpenModal } from '../../../components/OpenModal'
import { StepLine, type StepState } from '../../../components/StepLine'
import { useNow } from '../../../components/use-now'
import { useNavigation } from '../../../navigation'
import { daysWithin, defaultDays } from '../fields/lifetime'
import { SaveChain } from '../overview/ChainCard'
import { IssuerEditor } from './IssuerEditor'
import { emptyIssuer, intermediateName } from './issuer-draft'

const names = [
  ['Root', 'It stands at the top. Keep it offline after it has signed the intermediate.'],
  ['Intermediate', 'It signs the certificates of people and devices, day by day.'],
  ['Chain file', 'Both certificates in one file, for Cloudflare Access.'],
] as const

interface SetUpProps {
  onClose(): void
  /** Where it was opened to choose an issuer: takes the new one, instead of its page being shown. */
  onUse?(issuer: AuthoritySummary): void
}

/** Cloudflare's walkthrough in three steps: root, intermediate, chain file. What is made on the way stays, also when left. */
export function SetUp({ onClose, onUse }: SetUpProps) {
  const { go } = useNavigation()
  const now = useNow()
  const [root, setRoot] = useState<AuthoritySummary | null>(null)
  const [intermediate, setIntermediate] = useState<AuthoritySummary | null>(null)
  const at = root === null ? 0 : intermediate === null ? 1 : 2
  const state = (index: number): StepState => (index < at ? 'done' : index === at ? 'next' : 'later')
  const leave = (issuer: AuthoritySummary | null) => {
    onClose()
    if (issuer !== null && onUse !== undefined) onUse(issuer)
    else if (issuer !== null) go({ screen: 'authorities', issuer: issuer.id, issuerView: 'overview' })
  }

  return (
    <OpenModal
      onClose={() => leave(intermediate ?? root)}
      title="Set up an issuer in three steps"
      size="lg"
      closeOnClickOutside={false}
    >
      <StepLine
        label="Set-up progress"
        steps={names.map(([label, explanation], index) => ({ label, explanation, state: state(index) }))}
      />
      <Stack>
        <Text size="sm" c="dimmed" role="status">
          {names[at]?.[1]}
        </Text>
        {root === null && (
          <IssuerEditor
            initial={emptyIssuer}
            parent={null}
            action="Create the root"
            onCancel={onClose}
            onMade={setRoot}
          />
        )}
        {root !== null && intermediate === null && (
          <IssuerEditor
            initial={{
              ...emptyIssuer,
              commonName: intermediateName(root.name),
              days: daysWithin(defaultDays.intermediate, root.notAfter, now),
            }}
            parent={root}
            action="Create the intermediate"
            onCancel={() => leave(root)}
            onMade={setIntermediate}
          />
        )}
        {intermediate !== null && onUse !== undefined && (
          <>
            <Text>{quoted(intermediate.name)} is ready to sign. The plan uploads its chain to Access.</Text>
            <DialogButtons>
              <Button onClick={() => leave(intermediate)}>Use this issuer</Button>
            </DialogButtons>
          </>
        )}
        {intermediate !== null && onUse === undefined && (
          <>
            <Text>
              {quoted(intermediate.name)} is ready to sign. Upload the chain file at Cloudflare: Zero Trust › Access ›
              Service auth › Mutual TLS.
            </Text>
            <SaveChain issuer={intermediate} isFirst />
            <DialogButtons>
              <Button variant="default" onClick={() => leave(intermediate)}>
                Done
              </Button>
            </DialogButtons>
          </>
        )}
      </Stack>
    </OpenModal>
  )
}
