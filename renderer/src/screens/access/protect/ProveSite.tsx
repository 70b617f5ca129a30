import { Anchor, Button, Checkbox, Group, Stack, Text, TextInput, Title } from '@mantine/core'
import { useState } from 'react'
import { faultOfText, nameBounds } from '#shared/logic/name-rules'
import { isPracticeAccount } from '#shared/model/access-account'
import type { AuthoritySummary } from '#shared/model/authority'
import { useAnswer } from '../../../api'
import { StepMark } from '../../../components/StepMark'
import { SubmitButton, whenReady } from '../../../components/SubmitButton'
import { useNow } from '../../../components/use-now'
import { useNavigation } from '../../../navigation'
import { useStore } from '../../../store'
import { SigningError } from '../../authorities/fields/IssuerPassphrase'
import { isComplete, SigningFields, signatureOf, signingForm } from '../../authorities/fields/SigningFields'
import styles from '../access.module.css'
import own from './ProveSite.module.css'
import { earlierProof, type Proof, type ProofStep, proofSteps, proofs } from './proof'
import { prove } from './prove'
import type { Protection } from './typed-protection'

interface ProveProps {
  run: string
  protection: Protection
  planned: NonNullable<Protection['planned']>
}

/** What is left after a site was protected: the first certificate, and the proof that it alone gets in. */
export function ProveSite({ run, protection, planned }: ProveProps) {
  const { data: issuers } = useAnswer('authorities.list', undefined)
  const { data: info } = useAnswer('app.info', undefined)
  if (issuers === undefined || info === undefined) return null
  const issuer = issuers.find(({ id }) => id === planned.issuer) ?? null
  return (
    <section className={`${styles.card} ${own.card}`} aria-label="Test the protection">
      <Title order={2}>Test the protection</Title>
      {issuer === null || !(issuer.hasKey || issuer.signer !== null) ? (
        <IssuedElsewhere hostname={planned.hostname} />
      ) : (
        <ProofForm
          run={run}
          protection={protection}
          planned={planned}
          issuer={issuer}
          suggested={protection.proof.commonName ?? suggestedName(planned, info.fullName)}
        />
      )}
    </section>
  )
}

const suggestedName = ({ name }: ProveProps['planned'], fullName: string): string =>
  name ?? (faultOfText(fullName, nameBounds.commonName) === null ? fullName : '')

/** The key of the CA is not on this computer, so the certificate comes from whoever has it. */
function IssuedElsewhere({ hostname }: { hostname: string }) {
  const { open, go } = useNavigation()
  return (
    <Stack gap="sm" mt="xs">
      <Text size="sm">
        The key of this CA is not on this computer. Ask its administrator for a certificate, install it, and then test{' '}
        {hostname}: it should be refused without the certificate and let in with it.
      </Text>
      <Group gap="xs">
        <Button variant="default" size="xs" onClick={() => open('new')}>
          Request a certificate
        </Button>
        <Button variant="default" size="xs" onClick={() => go({ screen: 'connections' })}>
          Test the site
        </Button>
      </Group>
    </Stack>
  )
}

interface FormProps extends ProveProps {
  issuer: AuthoritySummary
  suggested: string
}

function ProofForm({ run, protection, planned, issuer, suggested }: FormProps) {
  const isPractice = isPracticeAccount({ id: protection.account })
  const now = useNow()
  const [commonName, setCommonName] = useState(suggested)
  const [form, setForm] = useState(() => signingForm(issuer, now))
  const [installs, setInstalls] = useState(!isPractice)
  const proof = useStore(proofs)[run] ?? earlierProof(protection)
  const setProof = (next: Proof) => proofs.set({ ...proofs.get(), [run]: next })
  const fault = commonName === '' ? null : faultOfText(commonName, nameBounds.commonName)
  const isNamed = commonName.trim() !== '' && fault === null
  const isBusy = Object.values(proof.steps).some(({ state }) => state === 'running')
  const isReady = isNamed && (proof.isSigned || isComplete(issuer, form))
  const submit = () =>
    prove(
      protection.account,
      planned,
      { commonName, signature: { ...signatureOf(issuer, form), days: form.days }, installs, isPractice },
      proof,
      setProof,
    )
  return (
    <Stack gap="sm" mt="xs">
      <Text size="sm" c="dimmed">
        Latchkey issues the first certificate and tests {planned.hostname} with and without it. Without it, access
        should be refused.
      </Text>
      {!(proof.isProven && proof.steps.install?.state !== 'failed') && (
        <form noValidate onSubmit={whenReady(isReady && !isBusy, () => void submit())}>
          <Stack gap="sm">
            <div className={own.fields}>
              <TextInput
                label="Common Name"
                description={
                  planned.name === null ? 'The name of the certificate’s holder.' : 'The policy lets this name in.'
                }
                value={commonName}
                error={fault === null ? null : `The name ${fault}`}
                disabled={isBusy || proof.identity !== null}
                maxLength={nameBounds.commonName}
                onChange={(event) => setCommonName(event.currentTarget.value)}
              />
              {!proof.isSigned && <SigningFields issuer={issuer} form={form} onChange={setForm} error={proof.error} />}
            </div>
            <Checkbox
              label="Install it on this computer for browsers"
              checked={installs}
              disabled={isBusy}
              onChange={(event) => setInstalls(event.currentTarget.checked)}
            />
            <Group>
              <SubmitButton isReady={isReady} loading={isBusy}>
                {proof.report === null ? 'Issue and test' : 'Test again'}
              </SubmitButton>
            </Group>
          </Stack>
        </form>
      )}
      <Outcomes proof={proof} />
      <SigningError error={proof.error} />
    </Stack>
  )
}

const titles: Record<ProofStep, string> = {
  request: 'Create a key and a request',
  sign: 'Sign it',
  install: 'Install it',
  test: 'Test without it and with it',
}

function Outcomes({ proof }: { proof: Proof }) {
  const { go } = useNavigation()
  const { report, identity, isSigned } = proof
  const shown = proofSteps.flatMap((step) => {
    const outcome = proof.steps[step]
    return outcome === undefined ? [] : [{ step, outcome }]
  })
  if (shown.length === 0) return null
  return (
    <>
      <ol className={own.steps} aria-label="What was done">
        {shown.map(({ step, outcome }, index) => (
          <li key={step} data-step={step} data-state={outcome.state}>
            <StepMark state={outcome.state} number={index + 1} />
            <div role="status">
              <Text size="sm" fw={600}>
                {titles[step]}
              </Text>
              <Text size="sm" c="dimmed">
                {outcome.sentence}
              </Text>
            </div>
          </li>
        ))}
      </ol>
      <Group gap="md">
        {report !== null && (
          <Anchor component="button" type="button" size="sm" onClick={() => go({ screen: 'connections', report })}>
            Show the full report
          </Anchor>
        )}
        {isSigned && identity !== null && (
          <Anchor component="button" type="button" size="sm" onClick={() => go({ screen: 'certificates', identity })}>
            See the certificate
          </Anchor>
        )}
      </Group>
    </>
  )
}
