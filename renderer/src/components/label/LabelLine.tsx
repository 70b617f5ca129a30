import { Badge, Group, Text } from '@mantine/core'
import textStyles from '../text.module.css'

/** The tags and the note of what is on the screen; nothing where it has none. */
export function LabelLine({ tags, note }: { tags: readonly string[]; note: string }) {
  if (tags.length === 0 && note === '') return null
  return (
    <div>
      {tags.length > 0 && (
        <Group component="ul" gap={6} my={6} p={0} aria-label="Tags" style={{ listStyle: 'none' }}>
          {tags.map((tag) => (
            <li key={tag}>
              <Badge color="gray">
                <bdi>{tag}</bdi>
              </Badge>
            </li>
          ))}
        </Group>
      )}
      {note !== '' && (
        <Text size="sm" my={6} className={`${textStyles.wrap} ${textStyles.lines}`} dir="auto">
          {note}
        </Text>
      )}
    </div>
  )
}
