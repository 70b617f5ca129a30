import { Alert, Text } from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import { quoted } from '#shared/logic/isolate'
import { NAME_PLACE } from '#shared/logic/name-rules'
import type { SetupContent } from '#shared/model/setup-file'

/** Where what is filled in came from, and where the request goes. */
export function SetupNotice({ setup: { from, commonName, contact, issuers } }: { setup: SetupContent }) {
  return (
    <Alert color="gray" icon={<IconInfoCircle aria-hidden />}>
      <Text size="sm">
        Filled in by the set-up file of {quoted(from)}. Check it before you continue.
        {commonName !== null && commonName !== NAME_PLACE && (
          <> The Common Name follows the pattern {quoted(commonName.replaceAll(NAME_PLACE, 'your full name'))}.</>
        )}
        {contact !== null && <> Send the request to {quoted(contact)}. It is kept as a note of the certificate.</>}
        {issuers.length > 0 && (
          <> When the certificate arrives, its issuer is compared with the CA that the file names.</>
        )}
      </Text>
    </Alert>
  )
}
