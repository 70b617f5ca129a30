import { Button, Group } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import type { AuthoritySummary } from '#shared/model/authority'
import { call, useAction } from '../../../api'
import { CopyButton } from '../../../components/CopyButton'
import { Saved } from '../../../components/Saved'

/** The chain file for Access, to save or to paste. `isFirst`: it is what the person came for. */
export function SaveChain({ issuer, isFirst = false }: { issuer: AuthoritySummary; isFirst?: boolean }) {
  const save = useAction('authorities.saveChain')

  async function chainText(): Promise<string> {
    const { chain } = await call('authorities.detail', { authority: issuer.id })
    return chain.map(({ pem }) => pem.trimEnd()).join('\n')
  }

  return (
    <>
      <Group gap="xs">
        <Button
          size="xs"
          variant={isFirst ? 'filled' : 'light'}
          leftSection={<IconDownload size={16} aria-hidden />}
          loading={save.isPending}
          onClick={() => save.mutate({ authority: issuer.id })}
        >
          Save the chain file
        </Button>
        <CopyButton label="Copy the chain" text={chainText} />
      </Group>
      <Saved save={save} />
    </>
  )
}
