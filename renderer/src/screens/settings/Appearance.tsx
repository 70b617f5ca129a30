import { type MantineColorScheme, SegmentedControl, useMantineColorScheme } from '@mantine/core'
import { Section } from './Section'

const choices: { value: MantineColorScheme; label: string }[] = [
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
  { value: 'auto', label: 'System' },
]

export function Appearance() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const choose = (value: string) => {
    const choice = choices.find((each) => each.value === value)
    if (choice !== undefined) setColorScheme(choice.value)
  }
  return (
    <Section title="Appearance">
      <SegmentedControl aria-label="Appearance" data={choices} value={colorScheme} onChange={choose} w="fit-content" />
    </Section>
  )
}
