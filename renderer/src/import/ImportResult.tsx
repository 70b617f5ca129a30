import { Alert, Button, Stack, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { shortAddress } from '#shared/logic/address'
import { checkWords, issuerDoubt } from '#shared/logic/checks'
import { formatDate } from '#shared/logic/formatting'
import { quoted } from '#shared/logic/isolate'
import type { Check } from '#shared/model/certificate'
import type { Host } from '#shared/model/host'
import type { Replaced } from '#shared/model/renewal'
import { useAnswer } from '../api'
import { CheckList } from '../components/CheckList'
import { DialogButtons } from '../components/DialogButtons'
import { IssuerDoubt } from '../components/IssuerDoubt'
import textStyles from '../components/text.module.css'
import { useNavigation } from '../navigation'
import { continueRenewal } from '../screens/certificates/renew/renewal-run'
import { type ImportOutcome, useImport } from './import-context'
import { UnreadableParts } from './UnreadableParts'

const isAlarming = (check: Check): boolean => check.outcome === 'warning' && issuerDoubt([check]) !== null

/** Sites that wait for it are tested as soon as this is closed. */
function nextWords(awaiting: Host[], replaces: Replaced | null): string {
  const [site, ...more] = awaiting
  if (replaces !== null) return 'Install and test'
  if (site === undefined) return 'Continue'
  return more.length === 0 ? `Test ${shortAddress(site)}` : `Test ${awaiting.length} sites`
}

export function ImportResult({ outcome }: { outcome: Extract<ImportOutcome, { kind: 'imported' }> }) {
  const { close, pickAnother } = useImport()
  const { go } = useNavigation()
  const { data: sites } = useAnswer('hosts.list', { limit: 1000 })
  const { identity, checks, keyCameAlong, unchanged, others, unread } = outcome
  const awaiting = sites?.rows.filter(({ replacement }) => replacement === identity.id) ?? []
  const replaces = unchanged || identity.replaces?.isKept === true ? null : identity.replaces
  const warned = checkWords({ code: 'maker-had-key', outcome: 'warning', evidence: '' })
  // What stands above is not said a second time.
  const shown = checks.filter((one) => !(keyCameAlong && one.code === 'maker-had-key') && !isAlarming(one))

  return (
    <Stack>
      <Text className={textStyles.wrap}>
        {unchanged
          ? `You have had the certificate of ${quoted(identity.name)} before. Nothing needed to be changed.`
          : `It belongs to ${quoted(identity.name)}. This is what was checked:`}
      </Text>
      {keyCameAlong && (
        <Alert role="alert" color="orange" icon={<IconAlertTriangle aria-hidden />} title={warned.title}>
          {warned.explanation}
        </Alert>
      )}
      <IssuerDoubt checks={checks} />
      {replaces !== null && (
        <Text className={textStyles.wrap}>
          It replaces {replaces.identity === identity.id ? 'the certificate' : quoted(replaces.name)} that is valid
          until {formatDate(replaces.notAfter)}. It is installed in the same places and tested on the same sites.
        </Text>
      )}
      <CheckList checks={shown} />
      <UnreadableParts failures={unread} />
      <DialogButtons>
        {others !== null && (
          <Button variant="default" onClick={pickAnother}>
            Add another from these files
          </Button>
        )}
        <Button
          data-autofocus
          onClick={() => {
            close()
            const [site] = awaiting
            if (replaces !== null) {
              void continueRenewal(identity.id)
              go({ screen: 'certificates', identity: identity.id })
            } else if (site === undefined) go({ screen: 'certificates', identity: identity.id })
            else go({ screen: 'connections', host: site.id, report: null })
          }}
        >
          {nextWords(awaiting, replaces)}
        </Button>
      </DialogButtons>
    </Stack>
  )
}
