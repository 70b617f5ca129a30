import { Textarea } from '@mantine/core'
import { quoted } from '#shared/logic/isolate'
import { hostnamesIn, wrongHostname } from './wish-input'

interface HostnamesProps {
  label: string
  description?: string
  value: string
  onChange(value: string): void
}

export function HostnamesField({ label, description, value, onChange }: HostnamesProps) {
  const wrong = wrongHostname(hostnamesIn(value))
  return (
    <Textarea
      label={label}
      description={description}
      placeholder="wiki.example.com"
      autosize
      minRows={2}
      maxRows={8}
      value={value}
      error={
        wrong === null
          ? null
          : `${quoted(wrong)} is not a hostname that Access accepts. Wildcards cannot be associated with a CA.`
      }
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
