import { Textarea } from '@mantine/core'
import { faultOfHostnames, hostnamesIn } from './wish-input'

interface HostnamesProps {
  label: string
  description?: string
  value: string
  onChange(value: string): void
}

export function HostnamesField({ label, description, value, onChange }: HostnamesProps) {
  return (
    <Textarea
      label={label}
      description={description}
      placeholder="wiki.example.com"
      autosize
      minRows={2}
      maxRows={8}
      value={value}
      error={faultOfHostnames(hostnamesIn(value))}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
