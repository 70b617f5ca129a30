import { Button, Stack, Text } from '@mantine/core'
import { quoted } from '#shared/logic/isolate'
import type { ObjectDetails } from '#shared/model/details'
import { useAction } from '../api'
import { ErrorNotice } from '../components/ErrorNotice'
import { PathVerdictCard } from '../components/PathVerdictCard'
import textStyles from '../components/text.module.css'
import type { FileEntry } from './file-inspection'

/** Whether the first certificate in the files would be accepted, by everything else that is in them. */
export function CheckChain({ files }: { files: readonly FileEntry[] }) {
  const check = useAction('files.verify')
  const chain = chainText(files)
  if (chain === null) return null
  const bytes = () => new TextEncoder().encode(chain.pem)
  return (
    <Stack gap="sm" component="section" aria-label="The chain">
      {check.data === undefined ? (
        <Text size="sm" c="dimmed" className={textStyles.wrap}>
          Would a site accept {quoted(chain.title)}? Its issuers and revocation lists are taken from the files that are
          open here.
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
              check.mutate({ sources: [{ kind: 'bytes', name: chain.title, bytes: bytes() }], password: null })
            }
          >
            Check the chain
          </Button>
        </div>
      )}
    </Stack>
  )
}

/** Basic constraints with `cA TRUE` (RFC 5280 §4.2.1.9): an issuer's certificate, not a person's. */
const isIssuers = ({ groups }: ObjectDetails): boolean =>
  groups.some(({ fields }) => fields.some(({ id, raw }) => id === 'extension.2.5.29.19' && raw?.includes('0101ff')))

/** A person's certificate that was found, and as PEM everything that can speak for or against it; null where there is none. */
function chainText(files: readonly FileEntry[]): { title: string; pem: string } | null {
  const all = files.flatMap(({ look }) => (look.kind === 'seen' ? look.seen.objects : []))
  const speaking = all.filter(({ kind }) => kind === 'certificate' || kind === 'crl')
  const own = speaking.find((object) => object.kind === 'certificate' && !isIssuers(object))
  if (own === undefined) return null
  const others = speaking.filter((object) => object !== own)
  return { title: own.title, pem: [own, ...others].map(({ pem }) => pem ?? '').join('\n') }
}
