import { Alert, Button, Group, Select, Stack, Text, TextInput, Title } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useState } from 'react'
import { quoted } from '#shared/logic/isolate'
import { namesByTemplate } from '#shared/logic/issue-template'
import { describeSubject } from '#shared/logic/naming'
import { otherNamesOf } from '#shared/logic/request-notes'
import type { AuthoritySummary, MadeForOther } from '#shared/model/authority'
import { call, useAnswer } from '../../../api'
import { AskForm } from '../../../components/AskForm'
import { type Algorithm, algorithmName, algorithms } from '../../../components/algorithms'
import { CopyButton } from '../../../components/CopyButton'
import { DialogButtons } from '../../../components/DialogButtons'
import { JobProgress, useJob } from '../../../components/JobProgress'
import layout from '../../../components/layout.module.css'
import { OpenModal } from '../../../components/OpenModal'
import { emptySubject, otherNameRules, subjectErrors } from '../../../components/subject'
import textStyles from '../../../components/text.module.css'
import { useNow } from '../../../components/use-now'
import { DaysField } from '../fields/DaysField'
import { IssuerPassphrase, SigningError } from '../fields/IssuerPassphrase'
import { isComplete, signingForm } from '../fields/SigningFields'
import { type Template, TemplateChoice } from '../templates/TemplateChoice'

/** For somebody who cannot make a key. Only where it is switched on in Settings. */
export function KeyForOther({ issuer }: { issuer: AuthoritySummary }) {
  const { data } = useAnswer('authorities.keysForOthers', undefined)
  const [isOpen, setOpen] = useState(false)
  if (data?.allowed !== true) return null
  return (
    <section className={layout.card} aria-label="For someone who cannot make a key">
      <Stack gap="sm">
        <Title order={2}>For someone who cannot make a key</Title>
        <Group justify="space-between">
          <Text size="sm" c="dimmed" maw={480}>
            Latchkey makes the key here and saves it with its certificate in an encrypted file. A request (CSR) is
            safer: then the key never leaves its holder.
          </Text>
          <Button size="xs" variant="default" onClick={() => setOpen(true)}>
            Make key and .p12…
          </Button>
        </Group>
      </Stack>
      {isOpen && <MakeKey issuer={issuer} onClose={() => setOpen(false)} />}
    </section>
  )
}

function MakeKey({ issuer, onClose }: { issuer: AuthoritySummary; onClose(): void }) {
  const now = useNow()
  const [commonName, setCommonName] = useState('')
  const [email, setEmail] = useState('')
  const [algorithm, setAlgorithm] = useState<Algorithm>('rsa-2048')
  const [form, setForm] = useState(() => signingForm(issuer, now))
  const [template, setTemplate] = useState<Template | null>(null)
  const [made, setMade] = useState<MadeForOther | null>(null)
  const { job, error, run } = useJob()
  const emails = email.trim() === '' ? [] : [email.trim()]
  const nameError = commonName === '' ? null : (subjectErrors({ ...emptySubject, commonName }).commonName ?? null)
  const emailError = otherNameRules.emails(emails)
  const given = { subject: { ...emptySubject, commonName: commonName.trim() }, emails, dnsNames: [] }
  const names = template === null ? given : namesByTemplate(template, given, true)
  const fault = commonName.trim() === '' ? null : faultOfNames(names)
  const isReady = commonName.trim() !== '' && fault === null && isComplete(issuer, form)

  async function make() {
    const { days, passphrase } = form
    const input = { authority: issuer.id, names, algorithm, days, passphrase }
    const answer = await run((id) => call('authorities.makeKeyForOther', { ...input, job: id }))
    if (answer !== null) setMade(answer)
  }

  if (made !== null) return <ShowPassword made={made} onClose={onClose} />
  return (
    <OpenModal onClose={onClose} title="Key and .p12 for someone else" closeOnClickOutside={false}>
      {job !== null && <JobProgress job={job} phase="Making the key" about={algorithmName(algorithm)} />}
      {job === null && (
        <AskForm action="Make and save…" isReady={isReady} onSubmit={() => void make()} onCancel={onClose}>
          <TemplateChoice
            issuer={issuer}
            chosen={template}
            onChoose={(chosen) => {
              setTemplate(chosen)
              setForm({ ...form, days: signingForm(issuer, now, chosen?.days).days })
            }}
          />
          <TextInput
            label="Common Name"
            value={commonName}
            error={nameError}
            maxLength={64}
            onChange={(event) => setCommonName(event.currentTarget.value)}
          />
          <TextInput
            label="E-mail address (optional)"
            value={email}
            error={emailError}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          {template !== null && commonName.trim() !== '' && (
            <Text size="sm" role="status" className={textStyles.wrap}>
              {fault ??
                `The certificate will contain: ${[describeSubject(names.subject), ...otherNamesOf(names)].join(' · ')}`}
            </Text>
          )}
          <Select
            label="Key type"
            data={algorithms}
            value={algorithm}
            allowDeselect={false}
            onChange={(value) => setAlgorithm(algorithms.find((each) => each.value === value)?.value ?? 'rsa-2048')}
          />
          <DaysField days={form.days} onChange={(days) => setForm({ ...form, days })} issuerEnds={issuer.notAfter} />
          <IssuerPassphrase
            issuer={issuer.name}
            value={form.passphrase}
            onChange={(passphrase) => setForm({ ...form, passphrase })}
            error={error}
          />
          <Text size="sm" c="dimmed">
            The file is encrypted (AES-256) with a generated password, shown once. The key is not kept here, and the
            certificate is marked “key made by the issuer”.
          </Text>
          <SigningError error={error} />
        </AskForm>
      )}
    </OpenModal>
  )
}

/** The first thing that is wrong with the names as they will be written. */
function faultOfNames({ subject, emails, dnsNames }: typeof noNames): string | null {
  const [wrong] = Object.values(subjectErrors(subject))
  return wrong ?? otherNameRules.emails(emails) ?? otherNameRules.dnsNames(dnsNames)
}
const noNames = { subject: emptySubject, emails: [] as string[], dnsNames: [] as string[] }

/** In the window's memory only, until it is closed. */
function ShowPassword({ made, onClose }: { made: MadeForOther; onClose(): void }) {
  return (
    <OpenModal
      onClose={onClose}
      title={`Saved as ${made.name}`}
      about="password"
      closeOnClickOutside={false}
      closeOnEscape={false}
      withCloseButton={false}
    >
      <Stack>
        <Text size="sm" className={textStyles.wrap}>
          The password of this file for {quoted(made.certificate.commonName)}:
        </Text>
        <Text fw={600} className={`${textStyles.mono} ${textStyles.wrap}`} data-testid="generated-password">
          {made.password}
        </Text>
        <Group>
          <CopyButton label="Copy the password" text={made.password} />
        </Group>
        <Alert color="orange" icon={<IconAlertTriangle aria-hidden />} title="It is shown only this once">
          <Text size="sm">
            Send the file and the password by different ways, for example the file by e-mail and the password by
            telephone. Without the password the file is useless: then make a new one and revoke this certificate.
          </Text>
        </Alert>
        <DialogButtons>
          <Button onClick={onClose}>I have noted the password</Button>
        </DialogButtons>
      </Stack>
    </OpenModal>
  )
}
