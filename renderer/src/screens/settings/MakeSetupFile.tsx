import { Button, Select, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { quoted } from '#shared/logic/isolate'
import { isCurrent } from '#shared/logic/issuers'
import { NAME_PLACE } from '#shared/logic/name-rules'
import { setupBounds } from '#shared/logic/setup-file'
import type { AuthoritySummary } from '#shared/model/authority'
import { useAction, useAnswer } from '../../api'
import { Answered } from '../../components/Answered'
import { AskForm } from '../../components/AskForm'
import { algorithms } from '../../components/algorithms'
import { CopyButton } from '../../components/CopyButton'
import { DialogButtons } from '../../components/DialogButtons'
import { ErrorNotice } from '../../components/ErrorNotice'
import { Mono } from '../../components/Facts'
import { OpenModal } from '../../components/OpenModal'
import textStyles from '../../components/text.module.css'
import { useNavigation } from '../../navigation'
import styles from './MakeSetupFile.module.css'
import { draftOf, type SetupForm, setupRules } from './setup-form'

/** What people would otherwise have to type, as one signed file or link. */
export function MakeSetupFile() {
  const { close } = useNavigation()
  const make = useAction('setup.make')
  const query = useAnswer('authorities.list', undefined)
  const onClose = () => close('setup-file')
  return (
    <OpenModal
      onClose={onClose}
      title="Make a set-up file"
      size="lg"
      closeOnClickOutside={false}
      about={make.data === undefined ? 'form' : 'made'}
    >
      {make.data === undefined ? (
        <Answered query={query} keepsData>
          {(issuers) => <MakeForm issuers={issuers.filter(isCurrent)} make={make} onCancel={onClose} />}
        </Answered>
      ) : (
        <Made made={make.data} onDone={onClose} />
      )}
    </OpenModal>
  )
}

type Make = ReturnType<typeof useAction<'setup.make'>>

interface MakeFormProps {
  issuers: AuthoritySummary[]
  make: Make
  onCancel(): void
}

function MakeForm({ issuers, make, onCancel }: MakeFormProps) {
  const form = useForm<SetupForm>({
    initialValues: {
      from: '',
      sites: '',
      commonName: NAME_PLACE,
      keyType: 'rsa-2048',
      contact: '',
      issuers: issuers.flatMap(({ sha256 }) => sha256).join('\n'),
    },
    validate: setupRules,
    validateInputOnBlur: true,
  })
  const isReady = form.values.from.trim() !== '' && form.isValid()
  return (
    <AskForm
      action="Sign and save…"
      isReady={isReady}
      isBusy={make.isPending}
      onSubmit={() => make.mutate(draftOf(form.values))}
      onCancel={onCancel}
    >
      <Text size="sm" c="dimmed">
        Whoever opens the file gets these sites in their list and a request that is filled in. It can do nothing else.
      </Text>
      <TextInput
        label="From"
        description="Your organisation or team, as people know it."
        maxLength={setupBounds.from}
        required
        data-autofocus
        {...form.getInputProps('from')}
      />
      <Textarea
        label="Sites"
        description="One address in each line."
        placeholder="https://admin.example.com/"
        autosize
        minRows={2}
        maxRows={6}
        spellCheck={false}
        {...form.getInputProps('sites')}
      />
      <TextInput
        label="Common Name"
        description={`${quoted(NAME_PLACE)} stands for the person’s full name. Leave it empty to fill in nothing.`}
        spellCheck={false}
        {...form.getInputProps('commonName')}
      />
      <Select label="Key type" data={algorithms} allowDeselect={false} {...form.getInputProps('keyType')} />
      <TextInput
        label="Where the request goes"
        description="An e-mail address, for example."
        maxLength={setupBounds.contact}
        {...form.getInputProps('contact')}
      />
      <Textarea
        label="Fingerprints of your CAs"
        description="SHA-256, one in each line. People see them, and trust nothing by them."
        autosize
        minRows={1}
        maxRows={4}
        spellCheck={false}
        classNames={{ input: styles.fingerprints }}
        {...form.getInputProps('issuers')}
      />
      {make.error !== null && <ErrorNotice error={make.error} />}
    </AskForm>
  )
}

function Made({ made: { name, key, link }, onDone }: { made: NonNullable<Make['data']>; onDone(): void }) {
  return (
    <Stack>
      <Text fw={600} className={textStyles.wrap} role="status">
        {name === null ? 'The file was not saved.' : `Saved as ${name}.`}
      </Text>
      <Text size="sm">
        Tell people this code in a call or in person, not with the file. They compare it once:{' '}
        <span className={textStyles.mono}>{key.code}</span>
      </Text>
      <Text size="sm" className={textStyles.wrap}>
        A policy of managed computers can pin the key by its SHA-256 fingerprint instead: <Mono text={key.sha256} />
      </Text>
      <Text size="sm">
        The key stays on this computer and in its backups. A file that another computer makes has another code.
      </Text>
      <Text size="sm">
        {link === null
          ? 'The file is too large for a link.'
          : 'The link carries the whole file. It opens where Latchkey is installed.'}
      </Text>
      <DialogButtons>
        {link !== null && <CopyButton variant="default" label="Copy the link" text={link} />}
        <CopyButton variant="default" label="Copy the code" text={key.code} />
        <Button data-autofocus onClick={onDone}>
          Done
        </Button>
      </DialogButtons>
    </Stack>
  )
}
