import { Button, Stack, Text } from '@mantine/core'
import { joinNames } from '#shared/logic/formatting'
import { quoted } from '#shared/logic/isolate'
import { DialogButtons } from '../components/DialogButtons'
import textStyles from '../components/text.module.css'
import { type ImportOutcome, useImport } from './import-context'
import { UnreadableParts } from './UnreadableParts'

/** Issuers came without a certificate, and belong to some that are here. */
export function IssuersAdded({ outcome }: { outcome: Extract<ImportOutcome, { kind: 'issuers-added' }> }) {
  const { close } = useImport()
  const names = outcome.to.map(({ name }) => quoted(name))
  const again =
    names.length === 1
      ? 'If it is installed already, install it again, so that browsers also send the issuers.'
      : 'Those that are installed already have to be installed again, so that browsers also send the issuers.'
  return (
    <Stack>
      <Text className={textStyles.wrap}>
        From now on they are sent together with {joinNames(names)}. {again}
      </Text>
      <UnreadableParts failures={outcome.unread} />
      <DialogButtons>
        <Button data-autofocus onClick={close}>
          Done
        </Button>
      </DialogButtons>
    </Stack>
  )
}
