import { ActionIcon, Button, Tooltip } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useState } from 'react'
import { call } from '../api'
import styles from './CopyButton.module.css'

interface CopyProps {
  label: string
  /** The text, or how to get it. */
  text: string | (() => Promise<string>)
  iconOnly?: boolean
  variant?: 'default' | 'light' | 'filled' | 'subtle'
}

/** Copies through the main process and says so on the button itself. */
export function CopyButton({ label, text, iconOnly = false, variant = 'default' }: CopyProps) {
  const [state, setState] = useState<'ready' | 'copied' | 'failed'>('ready')

  async function copy() {
    try {
      await call('app.copy', { text: typeof text === 'string' ? text : await text() })
      setState('copied')
    } catch {
      setState('failed')
    }
    setTimeout(() => setState('ready'), 2000)
  }

  const said = { ready: label, copied: 'Copied', failed: 'Could not copy' }
  const words = said[state]
  const icon = state === 'copied' ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />
  if (iconOnly) {
    return (
      <Tooltip label={words}>
        <ActionIcon variant="subtle" color="gray" aria-label={words} onClick={() => void copy()}>
          {icon}
        </ActionIcon>
      </Tooltip>
    )
  }
  return (
    <Button size="xs" variant={variant} leftSection={icon} onClick={() => void copy()}>
      {/* As wide as the longest of them, so that nothing beside it moves. */}
      <span className={styles.stack}>
        {Object.entries(said).map(([name, text]) => (
          <span key={name} data-shown={name === state || undefined}>
            {text}
          </span>
        ))}
      </span>
    </Button>
  )
}
