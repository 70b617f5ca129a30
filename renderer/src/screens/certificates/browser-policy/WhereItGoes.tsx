import { Code, Stack, Text } from '@mantine/core'
import { type PolicySystem, policyNotes, policyPlaces } from '#shared/logic/browser-policy/places'
import { Facts } from '../../../components/Facts'
import textStyles from '../../../components/text.module.css'

/** What an administrator does with the file, and the exact place of each browser. */
export function WhereItGoes({ system }: { system: PolicySystem }) {
  const { act, browsers } = policyPlaces[system]
  return (
    <Stack gap="xs">
      <Text size="sm">{act}</Text>
      <Facts
        facts={browsers.map(({ name, place }) => [
          name,
          <Code key={name} className={textStyles.wrap}>
            {place}
          </Code>,
        ])}
      />
      <Text size="sm" c="dimmed">
        {policyNotes.join(' ')}
      </Text>
    </Stack>
  )
}
