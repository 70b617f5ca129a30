import { Button, Checkbox, Stack, Text } from '@mantine/core'
import { appActions } from '#shared/logic/actions'
import { isShown } from '#shared/logic/areas'
import type { AreaName } from '#shared/model/areas'
import { useAction, useAnswer } from '../../api'
import { Answered } from '../../components/Answered'
import { ErrorNotice } from '../../components/ErrorNotice'
import { useNavigation } from '../../navigation'
import { KeysForOthers } from './KeysForOthers'
import { Section } from './Section'

const areas: { area: AreaName; name: string; about: string; reason: string }[] = [
  {
    area: 'issuers',
    name: 'Issuers (CA)',
    about: 'Sign the requests of others, revoke certificates and publish revocation lists.',
    reason: 'Shown because there is an issuer on this computer.',
  },
  {
    area: 'access',
    name: 'Access',
    about: 'See and change who gets in to the hostnames of a Cloudflare account.',
    reason: 'Shown because Latchkey has read an account.',
  },
]

/** The parts of the app that only an administrator needs. */
export function Areas() {
  const query = useAnswer('areas.state', undefined)
  const change = useAction('areas.switchOn')
  const { open } = useNavigation()
  return (
    <Section title="For administrators" intro="What the side bar shows besides Certificates and Sites.">
      <Answered query={query} keepsData>
        {(state) => (
          <Stack gap="sm">
            {areas
              .filter(({ area }) => !state[area].isHidden)
              .map(({ area, name, about, reason }) => (
                <Checkbox
                  key={area}
                  label={name}
                  description={state[area].isUsed ? `${about} ${reason}` : about}
                  checked={isShown(area, state)}
                  disabled={state[area].isUsed || change.isPending}
                  onChange={(event) => change.mutate({ area, isOn: event.currentTarget.checked })}
                />
              ))}
          </Stack>
        )}
      </Answered>
      {query.data?.issuers.isHidden === false && <KeysForOthers />}
      <div>
        <Button variant="default" onClick={() => open('setup-file')}>
          {appActions['setup-file'].label}
        </Button>
        <Text size="sm" c="dimmed" mt={4}>
          A file for your people that adds their sites and fills in their request.
        </Text>
      </div>
      {change.error !== null && <ErrorNotice error={change.error} />}
    </Section>
  )
}
