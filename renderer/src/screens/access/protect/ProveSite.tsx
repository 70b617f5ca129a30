import { Anchor, Button, Checkbox, Group, Loader, Stack, Text, TextInput, Title } from '@mantine/core'
import { IconCheck, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { faultOfText, nameBounds } from '#shared/logic/name-rules'
import type { AuthoritySummary } from '#shared/model/authority'
import { useAnswer } from '../../../api'
import { SubmitButton, whenReady } from '../../../components/SubmitButton'
import { useNow } from '../../../components/use-now'
import { useNavigation } from '../../../navigation'
import { SigningError } from '../../authorities/fields/IssuerPassphrase'
import { isComplete, SigningFields, signatureOf, signingForm } from '../../authorities/fields/SigningFields'
import styles from '../access.module.css'
import own from './ProveSite.module.css'
import {
  type Proof,
  type ProofStep,
  type ProtectedSite,
  proofSteps,
  protectedSite,
  type StepOutcome,
} from './protected-site'
import { prove } from './prove'

interface ProveProps {
  site: ProtectedSite
  isPractice: boolean
}

/** What is left after a site was protected: the first certificate, and the proof that it alone gets in. */
export function ProveSite({ site, isPractice }: ProveProps) {
  const { data: issuers } = useAnswer('authorities.list', undefined)
  const { data: info } = useAnswer('app.info', undefined)
  if (issuers === undefined || info === undefined) return null
  const issuer = issuers.find(({ id }) => id === site.issuer) ?? null
  return (
    <section className={`${styles.card} ${own.card}`} aria-label="Test the protection">
      <Title order={2}>Test the protection</Title>
      {issuer === null || !(issuer.hasKey || issuer.signer !== null) ? (
        <IssuedElsewhere site={site} />
      ) : (
        <ProofForm site={site} issuer={issuer} isPractice={isPractice} suggested={suggestedName(site, info.fullName)} />
      )}
    </section>
  )
}

const suggestedName = ({ name }: ProtectedSite, fullName: string): string =>
  name ?? (faultOfText(fullName, nameBounds.commonName) === null ? fullName : '')

/** The key of the CA is not on this computer, so the certificate comes from whoever has it. */
function IssuedElsewhere({ site }: { site: ProtectedSite }) {
  const { open, go } = useNavigation()
  return (
    <Stack gap="sm" mt="xs">
      <Text size="sm">
        The key of this CA is not on this computer. Ask its administrator for a certificate, install it, and then test{' '}
        {site.hostname}: it should be refused without the certificate and let in with it.
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

function ProofForm({ site, issuer, isPractice, suggested }: FormProps) {
  const now = useNow()
  const [commonName, setCommonName] = useState(suggested)
  const [form, setForm] = useState(() => signingForm(issuer, now))
  const [installs, setInstalls] = useState(!isPractice)
  const { proof } = site
  const setProof = (proof: Proof) => {
    // Meanwhile, another site may be protected.
    if (protectedSite.get()?.title === site.title) protectedSite.set({ ...site, proof })
  }
  const fault = commonName === '' ? null : faultOfText(commonName, nameBounds.commonName)
  const isNamed = commonName.trim() !== '' && fault === null
  const isBusy = Object.values(proof.steps).some(({ state }) => state === 'running')
  const isReady = isNamed && (proof.isSigned || isComplete(issuer, form))
  const submit = () =>
    prove(
      site,
      { commonName, signature: { ...signatureOf(issuer, form), days: form.days }, installs, isPractice },
      proof,
      setProof,
    )
  return (
    <Stack gap="sm" mt="xs">
      <Text size="sm" c="dimmed">
        Latchkey issues the first certificate and tests {site.hostname} with and without it. Without it, access should
        be refused.
      </Text>
      {!(proof.isProven && proof.steps.install?.state !== 'failed') && (
        <form noValidate onSubmit={whenReady(isReady && !isBusy, () => void submit())}>
          <Stack gap="sm">
            <div className={own.fields}>
              <TextInput
                label="Common Name"
                description={
                  site.name === null ? 'The name of the certificate’s holder.' : 'The policy lets this name in.'
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
        {shown.map(({ step, outcome }) => (
          <li key={step} data-step={step} data-state={outcome.state}>
            <Mark state={outcome.state} />
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

function Mark({ state }: Pick<StepOutcome, 'state'>) {
  switch (state) {
    case 'running':
      return <Loader size={16} aria-label="Working" />
    case 'done':
      return <IconCheck size={16} color="var(--mantine-color-teal-text)" aria-label="Done" />
    case 'failed':
      return <IconX size={16} color="var(--mantine-color-error)" aria-label="Failed" />
  }
}
