import { Button, Group, Stack, Text, Title } from '@mantine/core'
import { IconCloudLock, IconCloudUpload, IconDownload, IconReplace } from '@tabler/icons-react'
import { certificateName } from '#shared/logic/naming'
import type { AuthorityDetail, AuthoritySummary } from '#shared/model/authority'
import { call, useAction } from '../../../api'
import { CopyButton } from '../../../components/CopyButton'
import layout from '../../../components/layout.module.css'
import { SaveResult } from '../../../components/SaveResult'
import textStyles from '../../../components/text.module.css'
import { useNavigation } from '../../../navigation'
import { openWish, type Wish } from '../../access/wishes/wish-store'
import styles from './overview.module.css'

/** The certificates that Access needs. */
export function ChainCard({ detail: { summary, chain, chainComplete } }: { detail: AuthorityDetail }) {
  return (
    <section className={layout.card} aria-label="Chain for Access">
      <Stack gap="sm">
        <Title order={3}>Chain for Access</Title>
        <ol className={styles.chain}>
          {chain.map((one) => (
            <li key={one.sha256}>
              <Text span size="sm" className={textStyles.wrap}>
                {certificateName(one)}
              </Text>
            </li>
          ))}
        </ol>
        <Text size="sm" c="dimmed">
          {chainComplete
            ? 'Upload these to Access, in this order, and nothing else: never a key or a person’s certificate.'
            : 'The root is missing here. Access wants the whole chain: import the certificate of the issuer above as well.'}
        </Text>
        <SaveChain issuer={summary} />
        {chainComplete && <UploadToAccess issuer={summary} />}
      </Stack>
    </section>
  )
}

/** Leads to a plan, through the connection where there is none yet. */
function UploadToAccess({ issuer }: { issuer: AuthoritySummary }) {
  const { go } = useNavigation()
  const lead = (wish: Wish) => {
    openWish.set({ wish, issuer: issuer.id })
    go({ screen: 'access', view: 'overview' })
  }
  return (
    <Group gap="xs">
      <Button
        size="xs"
        variant="default"
        leftSection={<IconCloudUpload size={16} aria-hidden />}
        onClick={() => lead('add-ca')}
      >
        Upload to Access…
      </Button>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconCloudLock size={16} aria-hidden />}
        onClick={() => lead('protect')}
      >
        Protect a site…
      </Button>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconReplace size={16} aria-hidden />}
        onClick={() => lead('roll-over')}
      >
        Replace a CA in Access…
      </Button>
    </Group>
  )
}

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
      <SaveResult save={save} />
    </>
  )
}
