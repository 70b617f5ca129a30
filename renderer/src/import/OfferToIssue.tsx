import { Button, Select, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { countOf } from '#shared/logic/formatting'
import { isCurrent } from '#shared/logic/issuers'
import type { AuthoritySummary } from '#shared/model/authority'
import { useAnswer } from '../api'
import { Answered } from '../components/Answered'
import { DialogButtons } from '../components/DialogButtons'
import { useNavigation, usePlace } from '../navigation'
import type { Source } from './file-sources'
import { useImport } from './import-context'
import { keepRequests } from './requests'

/** Requests of other people arrived: an issuer can sign them. */
export function OfferToIssue({ sources }: { sources: Source[] }) {
  const query = useAnswer('authorities.list', undefined)
  return (
    <Answered query={query} isEmpty={(issuers) => !issuers.some(isCurrent)} empty={<NoIssuer />}>
      {(issuers) => <ChooseIssuer issuers={issuers.filter(isCurrent)} sources={sources} />}
    </Answered>
  )
}

function ChooseIssuer({ issuers, sources }: { issuers: AuthoritySummary[]; sources: Source[] }) {
  const { close } = useImport()
  const { go } = useNavigation()
  const { issuer: current } = usePlace('authorities')
  const usual = issuers.find(({ id }) => id === current) ?? issuers.find(({ isRoot }) => !isRoot) ?? issuers[0]
  const [wanted, setWanted] = useState(usual?.id ?? null)
  const look = () => {
    close()
    go({ screen: 'authorities', issuer: wanted, issuerView: 'issue', requests: keepRequests(sources) })
  }
  return (
    <Stack>
      <Text>
        Somebody asks for a certificate. Review {sources.length === 1 ? 'the request' : countOf(sources.length, 'file')}{' '}
        first. Nothing is signed before you have compared the key code.
      </Text>
      <Select
        label="Issuer"
        data={issuers.map(({ id, name }) => ({ value: id, label: name }))}
        value={wanted}
        allowDeselect={false}
        onChange={(value) => setWanted(issuers.find(({ id }) => id === value)?.id ?? null)}
      />
      <DialogButtons>
        <Button variant="default" onClick={close}>
          Not now
        </Button>
        <Button data-autofocus onClick={look}>
          Review
        </Button>
      </DialogButtons>
    </Stack>
  )
}

function NoIssuer() {
  const { close } = useImport()
  const { go } = useNavigation()
  return (
    <Stack>
      <Text>
        A request asks an issuer (CA) for a certificate. It is not the certificate itself. Send it to whoever issues
        certificates in your organisation. If that is you, create an issuer first.
      </Text>
      <DialogButtons>
        <Button
          variant="default"
          onClick={() => {
            close()
            go({ screen: 'authorities' })
          }}
        >
          Go to Issuers
        </Button>
        <Button onClick={close}>Close</Button>
      </DialogButtons>
    </Stack>
  )
}
