import { Group, Stack, Text, ThemeIcon } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconInfoCircle, IconX } from '@tabler/icons-react'
import { checkWords } from '#shared/logic/checks'
import { isolated } from '#shared/logic/isolate'
import type { Check } from '#shared/model/certificate'
import { localDates } from './local-dates'
import textStyles from './text.module.css'

const signs = {
  pass: { color: 'teal', icon: IconCheck, word: 'Fine' },
  note: { color: 'gray', icon: IconInfoCircle, word: 'Note' },
  warning: { color: 'orange', icon: IconAlertTriangle, word: 'Warning' },
  fail: { color: 'red', icon: IconX, word: 'Problem' },
} as const

const order = { fail: 0, warning: 1, note: 2, pass: 3 }

/** What was checked on a certificate, the worst first, each with its concrete evidence. */
export function CheckList({ checks }: { checks: Check[] }) {
  const sorted = [...checks].sort((a, b) => order[a.outcome] - order[b.outcome])
  return (
    <Stack gap="sm" component="ul" m={0} p={0}>
      {sorted.map((check) => (
        <CheckRow key={check.code} check={check} />
      ))}
    </Stack>
  )
}

function CheckRow({ check }: { check: Check }) {
  const { color, icon: Icon, word } = signs[check.outcome]
  const { title, explanation } = checkWords(check)
  return (
    <Group component="li" wrap="nowrap" align="flex-start" gap="sm">
      <ThemeIcon color={color} variant="light" size={24} radius="xl" role="img" aria-label={word}>
        <Icon size={14} aria-hidden />
      </ThemeIcon>
      <div>
        <Text size="sm" fw={600}>
          {title}
        </Text>
        <Text size="sm" c="dimmed" className={textStyles.wrap}>
          {explanation} {check.evidence === '' ? '' : `(${isolated(localDates(check.evidence))})`}
        </Text>
      </div>
    </Group>
  )
}
