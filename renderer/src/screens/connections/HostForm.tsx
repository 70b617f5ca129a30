import { Anchor, Autocomplete, Button, Collapse, Stack, Switch, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { formatAddress, formatConnectTo, parseAddress, parseConnectTo } from '#shared/logic/address'
import { labelLimits } from '#shared/logic/label-limits'
import type { Host } from '#shared/model/host'
import { useAction, useAnswer } from '../../api'
import { DialogButtons } from '../../components/DialogButtons'
import { ErrorNotice } from '../../components/ErrorNotice'
import { GlossaryTerm } from '../../components/GlossaryTerm'
import { LabelFields } from '../../components/label/LabelFields'
import { focusFirstFault } from '../../components/SubmitButton'
import { tagsOf } from './arrange-hosts'
import { groupNames } from './group-hosts'

interface HostFormProps {
  host: Host | null
  onSaved(host: Host): void
  /** Only where it is shown in a dialog. */
  onCancel?(): void
}

/** Adds or changes a site. What can be forgiven is; what cannot be read is said in words, next to the field. */
export function HostForm({ host, onSaved, onCancel }: HostFormProps) {
  const [address, setAddress] = useState(host === null ? '' : formatAddress(host))
  const [connectTo, setConnectTo] = useState(formatConnectTo(host?.connectTo ?? null))
  const [useProxy, setUseProxy] = useState(host?.useProxy ?? true)
  const [group, setGroup] = useState(host?.group ?? '')
  const [name, setName] = useState(host?.name ?? '')
  const [label, setLabel] = useState({ tags: host?.tags ?? [], note: host?.note ?? '' })
  const { data: sites } = useAnswer('hosts.list', { limit: 1000 })
  const [isAdvanced, setAdvanced] = useState(connectTo !== '' || !useProxy || group !== '')
  const [isChecked, setChecked] = useState(false)
  const save = useAction('hosts.save')
  const parsed = parseAddress(address)
  const override = parseConnectTo(connectTo, parsed.ok ? parsed.port : 443)

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    setChecked(true)
    if (!parsed.ok || !override.ok) return focusFirstFault(event.currentTarget)
    save.mutate({ id: host?.id ?? null, address, connectTo, useProxy, group, name, ...label }, { onSuccess: onSaved })
  }

  return (
    <form onSubmit={submit} noValidate>
      <Stack ta="left">
        <TextInput
          label="Address"
          placeholder="https://admin.example.com/"
          value={address}
          maxLength={4096}
          data-autofocus
          spellCheck={false}
          error={isChecked && !parsed.ok ? parsed.reason : null}
          onChange={(event) => setAddress(event.currentTarget.value)}
        />
        {host !== null && (
          <>
            <TextInput
              label="Name"
              description="Shown in the list instead of the address."
              value={name}
              maxLength={labelLimits.name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <LabelFields form={label} known={tagsOf(sites?.rows ?? [])} onChange={setLabel} />
          </>
        )}
        <Anchor
          component="button"
          type="button"
          size="sm"
          w="fit-content"
          aria-expanded={isAdvanced}
          onClick={() => setAdvanced(!isAdvanced)}
        >
          Advanced
        </Anchor>
        <Collapse expanded={isAdvanced}>
          <TextInput
            label={<GlossaryTerm term="Connect to" />}
            aria-label="Connect to"
            description="Another address or port for the same name. Leave it empty unless you were told to use one."
            placeholder="10.0.0.5:443"
            value={connectTo}
            maxLength={300}
            spellCheck={false}
            error={isChecked && !override.ok ? override.reason : null}
            onChange={(event) => setConnectTo(event.currentTarget.value)}
          />
          <Autocomplete
            mt="sm"
            label="Group"
            description="Sites in a group are listed together, and can be tested together."
            placeholder="For example: Production"
            data={groupNames(sites?.rows ?? [])}
            value={group}
            maxLength={60}
            onChange={setGroup}
          />
          <Switch
            mt="sm"
            label="Use this computer’s proxy"
            description="Turn it off to reach this site without it."
            checked={useProxy}
            onChange={(event) => setUseProxy(event.currentTarget.checked)}
          />
        </Collapse>
        {save.error !== null && <ErrorNotice error={save.error} />}
        <DialogButtons>
          {onCancel !== undefined && (
            <Button variant="default" onClick={onCancel}>
              Cancel
            </Button>
          )}
          <Button type="submit" loading={save.isPending}>
            {host === null ? 'Add this site' : 'Save'}
          </Button>
        </DialogButtons>
      </Stack>
    </form>
  )
}
