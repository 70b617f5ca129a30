import { Button, Stack, Text } from '@mantine/core'
import { useAction } from '../api'
import { ErrorNotice } from '../components/ErrorNotice'
import { PathVerdictCard } from '../components/PathVerdictCard'
import { chainText } from './chain-text'
import type { Looked } from './looking'

/** Whether the first certificate in the files would be accepted, by everything else that is in them. */
export function CheckChain({ files }: { files: readonly Looked[] }) {
  const check = useAction('files.verify')
  const text = chainText(files)
  if (text === null) return null
  const bytes = () => new TextEncoder().encode(text.pem)
  return (
    <Stack gap="sm" component="section" aria-label="The chain">
      {check.data === undefined ? (
        <Text size="sm" c="dimmed" className="wrap">
          Would a site accept “{text.title}”? Its issuers and revocation lists are looked for in what is open here.
        </Text>
      ) : (
        <PathVerdictCard verdict={check.data} />
      )}
      {check.error !== null && <ErrorNotice error={check.error} />}
      {check.data === undefined && (
        <div>
          <Button
            size="xs"
            variant="light"
            loading={check.isPending}
            onClick={() =>
              check.mutate({ sources: [{ kind: 'bytes', name: text.title, bytes: bytes() }], password: null })
            }
          >
            Check the chain
          </Button>
        </div>
      )}
    </Stack>
  )
}
