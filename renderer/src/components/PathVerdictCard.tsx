import { Group, List, Stack, Text, ThemeIcon } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconInfoCircle, IconX } from '@tabler/icons-react'
import { formatDateTime } from '#shared/logic/formatting'
import { withIsolatedNames } from '#shared/logic/isolate'
import { certificateName } from '#shared/logic/naming'
import { noteWords, pathWords } from '#shared/logic/path-words'
import type { PathReason, PathVerdict } from '#shared/model/path'
import layout from './layout.module.css'
import { localDates } from './local-dates'
import textStyles from './text.module.css'

const tones = {
  good: { color: 'teal', icon: IconCheck, word: 'Fine' },
  unknown: { color: 'orange', icon: IconAlertTriangle, word: 'Warning' },
  bad: { color: 'red', icon: IconX, word: 'Problem' },
} as const

/** Whether a certificate would be accepted, by its path up to the root, with every reason in words. */
export function PathVerdictCard({ verdict }: { verdict: PathVerdict }) {
  const { at, path, reasons, notes } = verdict
  const { color, icon: Icon, word } = tones[toneOf(verdict)]
  return (
    <section className={layout.card} aria-label="Verdict on the path">
      <Group wrap="nowrap" align="flex-start" gap="sm">
        <ThemeIcon color={color} variant="light" size={28} radius="xl" role="img" aria-label={word}>
          <Icon size={16} aria-hidden />
        </ThemeIcon>
        <Stack gap="xs">
          <Text fw={600}>{sentences[toneOf(verdict)]}</Text>
          <Text size="sm" c="dimmed" className={textStyles.wrap}>
            {path.map(certificateName).join(' → ')} ({formatDateTime(at)})
          </Text>
          {reasons.length > 0 && <Reasons reasons={reasons} />}
          {notes.length > 0 && <Notes notes={notes} />}
        </Stack>
      </Group>
    </section>
  )
}

const sentences = {
  good: 'The path is valid: signatures, dates, names and uses are right, up to a root.',
  unknown: 'What is here is valid, but it does not reach a root. That is often fine: Access has its own copy.',
  bad: 'The path is not valid. A site that checks it refuses this certificate.',
}

/** A missing issuer is not held against a certificate: Access keeps the issuers' certificates itself. */
function toneOf({ valid, reasons }: PathVerdict): keyof typeof tones {
  if (valid) return 'good'
  return reasons.every(({ rule }) => rule === 'no-issuer') ? 'unknown' : 'bad'
}

function Reasons({ reasons }: { reasons: PathReason[] }) {
  return (
    <Stack gap="sm" component="ul" m={0} p={0} aria-label="Reasons">
      {reasons.map((reason) => (
        <Stack component="li" gap={2} key={`${reason.rule} ${reason.certificate} ${reason.evidence}`}>
          <Text size="sm" fw={600} className={textStyles.wrap}>
            {pathWords(reason).sentence}
          </Text>
          <Text size="sm" c="dimmed" className={textStyles.wrap}>
            {withIsolatedNames(localDates(reason.evidence))} ({reason.source})
          </Text>
          <Text size="sm" className={textStyles.wrap}>
            {pathWords(reason).remedy}
          </Text>
        </Stack>
      ))}
    </Stack>
  )
}

function Notes({ notes }: { notes: PathReason[] }) {
  return (
    <List size="sm" aria-label="Notes" icon={<IconInfoCircle size={16} aria-hidden />}>
      {notes.map((note) => (
        <List.Item key={`${note.rule} ${note.certificate} ${note.evidence}`} className={textStyles.wrap}>
          {noteWords(note)} {withIsolatedNames(localDates(note.evidence))}
        </List.Item>
      ))}
    </List>
  )
}
