import { Button, Group, Radio, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { formatDate } from '#shared/logic/formatting'
import { isolated } from '#shared/logic/isolate'
import { DialogButtons } from '../components/DialogButtons'
import textStyles from '../components/text.module.css'
import { type ImportOutcome, useImport } from './import-context'

/** More than one certificate has its key in these files, so the person chooses. */
export function ChooseCertificate({ outcome: { choices } }: { outcome: Extract<ImportOutcome, { kind: 'several' }> }) {
  const { pick, close } = useImport()
  const [wanted, setWanted] = useState(choices[0]?.certificate ?? null)
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (wanted !== null) void pick(wanted)
      }}
    >
      <Stack>
        <Radio.Group
          label="Which one do you want to add?"
          value={wanted}
          onChange={(value) => setWanted(choices.find(({ certificate }) => certificate === value)?.certificate ?? null)}
        >
          <Stack gap="xs" mt="xs">
            {choices.map(({ certificate, name, issuer, notAfter, keyCode }) => (
              <Radio.Card key={certificate} value={certificate} p="sm" aria-label={`${name}, key ${keyCode}`}>
                <Group wrap="nowrap" align="flex-start">
                  <Radio.Indicator />
                  <div>
                    <Text fw={600} className={textStyles.wrap}>
                      {name}
                    </Text>
                    <Text size="sm" c="dimmed" className={textStyles.wrap}>
                      Issued by {isolated(issuer)}, until {formatDate(notAfter)} ·{' '}
                      <span className={textStyles.mono}>{keyCode}</span>
                    </Text>
                  </div>
                </Group>
              </Radio.Card>
            ))}
          </Stack>
        </Radio.Group>
        <Text size="sm" c="dimmed">
          You can add the others afterwards.
        </Text>
        <DialogButtons>
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button type="submit" data-autofocus>
            Add
          </Button>
        </DialogButtons>
      </Stack>
    </form>
  )
}
